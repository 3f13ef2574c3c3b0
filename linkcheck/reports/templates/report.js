"use strict";
// The table comes alive: sorted, filtered, searched, with a card under the row that is asked for. Everything it shows
// stands in the page already, escaped; the cards of a long report are packed, and unpacked here.
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const made = (name, properties) => Object.assign(document.createElement(name), properties);
  for (const element of document.querySelectorAll(".scripted[hidden]")) element.hidden = false;

  // ------------------------------------------------------------ light and dark
  const THEMES = ["", "light", "dark"];
  const theme = byId("theme");
  const remembered = () => { try { return localStorage.getItem("linkcheck-theme") || ""; } catch { return ""; } };
  const wear = (name) => {
    if (name) root.dataset.theme = name; else delete root.dataset.theme;
    theme.querySelector("span").textContent = name || "as the system";
  };
  wear(remembered());
  theme.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme || "") + 1) % THEMES.length];
    try { localStorage.setItem("linkcheck-theme", next); } catch { /* it holds for this page, then */ }
    wear(next);
  });

  // ------------------------------------------------------------ copying
  const said = document.body.appendChild(made("p", { className: "unseen", role: "status" }));
  said.setAttribute("role", "status");
  const copied = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* the old way */ }
    const field = document.body.appendChild(made("textarea", { value: text, className: "unseen" }));
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const done = await copied(button.dataset.copy);
    button.focus();
    const words = button.firstChild;
    words.data = done ? "Copied" : "Not copied";
    said.textContent = done ? "The address is copied." : "The browser did not allow to copy.";
    setTimeout(() => { words.data = "Copy"; said.textContent = ""; }, 3000);
  });

  const table = byId("table");
  if (!table) {
    root.classList.add("ready");
    return;
  }

  // ------------------------------------------------------------ rows
  const STEP = 250;
  const KEYS = ["state", "source", "reason", "host", "document", "date"];
  const FILTERS = ["state", "reason", "document", "host"];
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row, place) => {
    const cells = row.cells;
    const written = cells[4];
    const name = cells[1].firstChild;
    const link = cells[3].firstElementChild;
    const told = {
      row, place, name, detail: null,
      state: cells[0].textContent, source: name.textContent, reason: cells[2].textContent,
      host: cells[3].textContent, document: written.firstChild === written.lastChild ? "" : written.firstChild.data,
      where: written.textContent, date: cells[5].textContent,
      number: Number(name.hash.slice(2)),
    };
    told.text = `${row.textContent} ${link ? link.title || link.href : ""}`.toLowerCase();
    name.setAttribute("aria-expanded", "false");
    return told;
  });
  const byNumber = new Map(rows.map((each) => [each.number, each]));
  const collator = new Intl.Collator("en", { numeric: true });
  const asked = { q: "", state: "", reason: "", document: "", host: "", sort: "state" };
  let found = rows;
  let shown = STEP;

  const matches = (each, words) =>
    FILTERS.every((key) => !asked[key] || each[key] === asked[key]) && words.every((word) => each.text.includes(word));

  const sorted = (list) => {
    const down = asked.sort.startsWith("-");
    const key = asked.sort.replace("-", "");
    const by = key === "document" ? "where" : key;
    const order = (one, other) => {
      if (key === "state") return one.place - other.place;
      if (!one[by] !== !other[by]) return (one[by] ? -1 : 1) * (down ? -1 : 1);
      return collator.compare(one[by], other[by]);
    };
    return [...list].sort((one, other) => (down ? order(other, one) : order(one, other)) || one.place - other.place);
  };

  const plain = (number) => number.toLocaleString("en");
  const draw = () => {
    const part = found.slice(0, shown);
    body.replaceChildren(...part.flatMap((each) => (each.detail ? [each.row, each.detail] : [each.row])));
    const whole = found.length === rows.length ? "" : ` of ${plain(rows.length)}`;
    const noun = rows.length === 1 ? "citation" : "citations";
    const first = part.length < found.length ? `, the first ${plain(part.length)} shown` : "";
    byId("count").textContent = found.length ? `${plain(found.length)}${whole} ${noun}${first}.` : "No citation is like that.";
    const left = found.length - part.length;
    byId("more").parentNode.hidden = left === 0;
    byId("more").textContent = `Show ${plain(Math.min(left, 4 * STEP))} more of ${plain(left)}`;
  };

  const apply = () => {
    const words = asked.q.toLowerCase().split(/\s+/).filter(Boolean);
    found = sorted(rows.filter((each) => matches(each, words)));
    shown = STEP;
    const cards = byId("cards");
    if (cards) {
      const kept = new Set(found.map((each) => `c${each.number}`));
      for (const card of cards.querySelectorAll(":scope > .card")) card.hidden = !kept.has(card.id);
    }
    for (const head of table.tHead.rows[0].cells) {
      const key = head.dataset.key;
      if (asked.sort.replace("-", "") !== key) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", asked.sort === key ? "ascending" : "descending");
    }
    for (const key of FILTERS) byId(`f-${key}`).value = asked[key];
    if (byId("seek").value !== asked.q) byId("seek").value = asked.q;
    draw();
  };

  // ------------------------------------------------------------ the address keeps what is asked for
  const note = () => {
    const kept = new URLSearchParams();
    for (const [key, value] of Object.entries(asked)) if (value && !(key === "sort" && value === "state")) kept.set(key, value);
    history.replaceState(null, "", `#${kept}`);
  };
  const ask = (changes) => { Object.assign(asked, changes); apply(); note(); };
  const read = () => {
    const card = /^#c(\d+)$/.exec(location.hash);
    if (card) return;
    const given = new URLSearchParams(location.hash.slice(1));
    for (const key of Object.keys(asked)) asked[key] = given.get(key) || "";
    for (const key of FILTERS) if (!rows.some((each) => each[key] === asked[key])) asked[key] = "";
    if (!KEYS.includes(asked.sort.replace("-", ""))) asked.sort = "state";
  };

  // ------------------------------------------------------------ pictures
  const sources = new Map();
  const sourceOf = (name) => {
    const holder = byId(name);
    const source = holder.tagName === "SCRIPT"
      ? `data:${holder.dataset.type};base64,${holder.textContent}` : holder.querySelector("img").src;
    sources.set(name, source);
    return source;
  };
  const fill = (place) => {
    for (const figure of place.querySelectorAll("figure[data-picture]")) {
      if (figure.querySelector("img")) continue;
      const { picture, alt } = figure.dataset;
      figure.prepend(made("img", { src: sources.get(picture) || sourceOf(picture), alt, decoding: "async" }));
    }
  };
  let larger = null;
  const enlarge = (figure) => {
    if (!larger) {
      larger = document.body.appendChild(made("dialog", { className: "larger" }));
      const head = made("header");
      const done = made("button", { type: "button", textContent: "Close" });
      done.addEventListener("click", () => larger.close());
      head.append(made("h2", { id: "larger" }), done);
      larger.setAttribute("aria-labelledby", "larger");
      larger.append(head, made("img"));
      larger.addEventListener("click", (event) => { if (event.target === larger) larger.close(); });
    }
    const { src, alt } = figure.querySelector("img");
    larger.querySelector("h2").textContent = alt;
    Object.assign(larger.querySelector("img"), { src, alt });
    larger.showModal();
    larger.scrollTop = 0;
  };
  const hang = (card) => {
    fill(card);
    for (const figure of card.querySelectorAll("figure.picture")) {
      figure.removeAttribute("id");
      const button = made("button", { type: "button", className: "enlarge" });
      button.append(figure.querySelector("img"), made("span", { className: "unseen", textContent: ": larger" }));
      button.addEventListener("click", () => enlarge(figure));
      figure.prepend(button);
    }
    return card;
  };

  // ------------------------------------------------------------ cards
  const packs = document.querySelectorAll("script.pack");
  const together = Number(byId("script").dataset.together);
  const unpacked = new Map();
  const unpack = async (place) => {
    const bytes = Uint8Array.from(atob(packs[place].textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const holder = document.createElement("template");
    holder.innerHTML = await new Response(stream).text();
    return [...holder.content.children].map(hang);
  };
  const cardOf = async (number) => {
    if (!packs.length) {
      const copy = byId(`c${number}`).cloneNode(true);
      copy.removeAttribute("id");
      copy.hidden = false;
      return hang(copy);
    }
    const place = Math.floor((number - 1) / together);
    if (!unpacked.has(place)) unpacked.set(place, unpack(place));
    return (await unpacked.get(place))[(number - 1) % together];
  };
  const close = (each) => {
    each.detail.remove();
    each.detail = null;
    each.row.classList.remove("open");
    each.name.setAttribute("aria-expanded", "false");
  };
  const open = async (each) => {
    let card;
    try {
      card = await cardOf(each.number);
    } catch {
      card = made("p", { className: "note", textContent: "This browser is too old to unpack the card (DecompressionStream)." });
    }
    if (each.detail) return;
    const cell = made("td", { colSpan: KEYS.length });
    cell.append(card);
    each.detail = made("tr", { className: "detail" });
    each.detail.append(cell);
    each.row.classList.add("open");
    each.name.setAttribute("aria-expanded", "true");
    each.row.after(each.detail);
  };
  const owner = (row) => rows.find((each) => each.row === row || each.detail === row);
  body.addEventListener("click", (event) => {
    const name = event.target.closest(".name");
    const row = event.target.closest("tr");
    if (name) event.preventDefault();
    else if (event.target.closest("a, button, .detail") || String(getSelection())) return;
    const each = owner(row);
    if (each.detail) close(each); else open(each);
  });
  body.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr");
    const each = event.key === "Escape" && row && owner(row);
    if (!each || !each.detail) return;
    close(each);
    each.name.focus();
  });
  const reveal = async () => {
    const card = /^#c(\d+)$/.exec(location.hash);
    const each = card && byNumber.get(Number(card[1]));
    if (!each) return;
    if (!found.includes(each)) ask({ q: "", state: "", reason: "", document: "", host: "" });
    shown = Math.max(shown, found.indexOf(each) + 1);
    draw();
    if (!each.detail) await open(each);
    each.row.scrollIntoView();
    each.name.focus({ preventScroll: true });
  };

  // ------------------------------------------------------------ what is asked for
  for (const head of table.tHead.rows[0].cells) {
    const key = head.dataset.key;
    const button = made("button", { type: "button", textContent: head.textContent });
    button.addEventListener("click", () => ask({ sort: asked.sort === key ? `-${key}` : key }));
    head.dataset.label = button.textContent;
    head.replaceChildren(button);
  }
  for (const key of FILTERS) {
    const counts = new Map();
    for (const each of rows) counts.set(each[key], (counts.get(each[key]) || 0) + 1);
    counts.delete("");
    const values = [...counts.keys()];
    if (key === "document" || key === "host") values.sort(collator.compare);
    const field = byId(`f-${key}`);
    field.append(made("option", { value: "", textContent: "all" }));
    for (const value of values) field.append(made("option", { value, textContent: `${value} (${plain(counts.get(value))})` }));
    field.addEventListener("change", () => ask({ [key]: field.value }));
  }
  byId("seek").addEventListener("input", (event) => ask({ q: event.target.value }));
  byId("reset").addEventListener("click", () => ask({ q: "", state: "", reason: "", document: "", host: "", sort: "state" }));
  byId("more").addEventListener("click", () => {
    const next = found[shown];
    shown += 4 * STEP;
    draw();
    next.name.focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link) return;
    event.preventDefault();
    const [key, value] = link.dataset.filter.split(/=(.*)/s);
    ask({ q: "", state: "", reason: "", document: "", host: "", [key]: value });
    byId("citations").scrollIntoView();
    byId("citations").focus({ preventScroll: true });
  });
  addEventListener("hashchange", () => { read(); apply(); reveal(); });
  addEventListener("beforeprint", () => {
    if (packs.length) { shown = found.length; draw(); } else fill(byId("cards"));
  });
  read();
  apply();
  root.classList.add("ready");
  // The browser takes the focus away once more when it has gone to the fragment.
  addEventListener("load", () => setTimeout(reveal));
})();
