// Before the first picture: a long table is laid out once, when report.js has taken its first rows, and not as it grows.
(() => {
  const { classList } = document.documentElement;
  classList.add("scripted");
  addEventListener("load", () => { if (!classList.contains("ready")) classList.remove("scripted"); });
})();
