#!/bin/sh
# Writes the files of this folder anew with the programs that README.md names; run by hand, where they are installed.
#   PANDOC, PYTHON, PRETTIER, LINKCHECK: how to call them; CHROMIUM, SOFFICE, PDFLATEX, WGET are taken from the path.
set -eu
cd "$(dirname "$0")"
export SOURCE_DATE_EPOCH=1725321600 TZ=UTC LC_ALL=C.UTF-8
: "${PANDOC:=pandoc}" "${PYTHON:=python3}" "${PRETTIER:=prettier}" "${LINKCHECK:=linkcheck}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$PWD

# --- pandoc: the article, and its bibliography
for pair in docx:docx odt:odt epub:epub rst:rst asciidoc:adoc latex:tex mediawiki:wikitext html:html ipynb:ipynb \
    opml:opml gfm:md plain:txt; do
    "$PANDOC" -s source.md -f markdown -t "${pair%%:*}" -o "pandoc.${pair##*:}"
done
"$PANDOC" source.bib -f biblatex -t csljson -o pandoc.json
"$PANDOC" pandoc.json -f csljson -t bibtex -o pandoc-bibtex.bib
"$PANDOC" pandoc.json -f csljson -t biblatex -o pandoc-biblatex.bib
"$PANDOC" pandoc.json -f csljson -s -t markdown | sed '/^---$/d' >pandoc.yaml
"$PANDOC" -s source.md -f markdown -t typst -o "$work/article.typ"
"$PANDOC" -s source.md -f markdown -t html -o "$work/article.html"

# --- LibreOffice: each of its own formats
office() { soffice "-env:UserInstallation=file://$work/office" --headless --convert-to "$1" --outdir "$work/out" "$2" >/dev/null 2>&1; }
office odt:writer8 pandoc.docx && cp "$work/out/pandoc.odt" libreoffice.odt
office "docx:MS Word 2007 XML" pandoc.odt && cp "$work/out/pandoc.docx" libreoffice.docx
office epub pandoc.odt && cp "$work/out/pandoc.epub" libreoffice.epub
office "html:HTML (StarWriter)" pandoc.odt && cp "$work/out/pandoc.html" libreoffice.html
office "txt:Text (encoded):UTF8" pandoc.odt && cp "$work/out/pandoc.txt" libreoffice.txt

# --- PDF
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer "--print-to-pdf=$here/chromium.pdf" \
    "file://$work/article.html" >/dev/null 2>&1
"$PYTHON" -c "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])" "$work/article.typ" typst.pdf
for _ in 1 2; do pdflatex -interaction=nonstopmode "-output-directory=$work" source.tex >/dev/null; done
cp "$work/source.pdf" pdflatex.pdf

# --- prettier, for MDX
{
    printf 'import Chart from "https://esm.example.com/chart.js";\n\n'
    "$PANDOC" source.md -f markdown -t commonmark --columns=200 | sed 's/<\(https*:[^>]*\)>/[\1](\1)/g'
    printf '\n<Chart source="https://data.example.net/series/chart.json" />\n'
} >"$work/article.mdx"
"$PRETTIER" --parser mdx "$work/article.mdx" >prettier.mdx

# --- docutils, Sphinx, MkDocs, Pelican
"$PYTHON" -m docutils --writer=html5 --link-stylesheet --no-generator pandoc.rst docutils.html
mkdir "$work/sphinx" && cp pandoc.rst "$work/sphinx/index.rst"
printf 'project = "Gauges"\nhtml_baseurl = "https://gauges.example.org/"\nextensions = ["sphinx_sitemap"]\nhtml_theme = "basic"\n' \
    >"$work/sphinx/conf.py"
"$PYTHON" -m sphinx -q -b html "$work/sphinx" "$work/sphinx-html"
cp "$work/sphinx-html/index.html" sphinx.html && cp "$work/sphinx-html/sitemap.xml" sphinx-sitemap.xml
"$PYTHON" -m sphinx -q -b latex "$work/sphinx" "$work/sphinx-latex" && cp "$work/sphinx-latex/gauges.tex" sphinx.tex
mkdir -p "$work/mkdocs/docs" && cp pandoc.md "$work/mkdocs/docs/index.md" && cp pandoc.md "$work/mkdocs/docs/gauge.md"
printf 'site_name: Gauges\nsite_url: https://gauges.example.org/\n' >"$work/mkdocs/mkdocs.yml"
"$PYTHON" -m mkdocs build -q -f "$work/mkdocs/mkdocs.yml" -d "$work/mkdocs-html"
cp "$work/mkdocs-html/sitemap.xml" mkdocs-sitemap.xml && cp "$work/mkdocs-html/sitemap.xml.gz" mkdocs-sitemap.xml.gz
mkdir -p "$work/pelican/content"
{ printf 'Title: The river gauge\nDate: 2024-09-03\nAuthor: R. Halvorsen\nSlug: gauge\n\n' && sed 1,6d source.md; } >"$work/pelican/content/gauge.md"
printf 'SITENAME = "Gauges"\nSITEURL = "https://gauges.example.org"\nFEED_DOMAIN = SITEURL\nFEED_ALL_ATOM = "all.atom"\nFEED_ALL_RSS = "all.rss"\nRSS_FEED_SUMMARY_ONLY = False\nTIMEZONE = "UTC"\n' \
    >"$work/pelican/pelicanconf.py"
(cd "$work/pelican" && "$PYTHON" -m pelican -q content -s pelicanconf.py -o "$work/pelican-html")
cp "$work/pelican-html/all.atom" pelican.atom && cp "$work/pelican-html/all.rss" pelican.rss

# --- a capture: wget asks for example.org through a proxy on loopback that answers for it
"$PYTHON" make.py proxy "$work/port" &
proxy=$!
while [ ! -s "$work/port" ]; do sleep 0.1; done
(cd "$work" && wget -q -e "http_proxy=http://127.0.0.1:$(cat port)" --page-requisites --no-warc-keep-log --warc-tempdir=. \
    --warc-file=wget http://data.example.net/series/aldwick/about.html http://www.example.org/board/statements/) || true
kill "$proxy"
cp "$work/wget.warc.gz" wget.warc.gz
"$PYTHON" -m wacz.main create --detect-pages -o wacz.wacz wget.warc.gz >/dev/null

# --- the libraries
"$PYTHON" make.py all
office "csv:Text - txt - csv (StarCalc):44,34,76,1" openpyxl.xlsx && cp "$work/out/openpyxl.csv" libreoffice.csv
office "csv:Text - txt - csv (StarCalc):9,34,65535,1" openpyxl.xlsx && cp "$work/out/openpyxl.csv" libreoffice-utf16.tsv
office xlsx openpyxl.xlsx && cp "$work/out/openpyxl.xlsx" libreoffice.xlsx
office ods openpyxl.xlsx && cp "$work/out/openpyxl.ods" libreoffice.ods
office pptx python-pptx.pptx && cp "$work/out/python-pptx.pptx" libreoffice.pptx
office odp python-pptx.pptx && cp "$work/out/python-pptx.odp" libreoffice.odp

# --- our own list
"$LINKCHECK" extract source.md >linkcheck-sources.txt
