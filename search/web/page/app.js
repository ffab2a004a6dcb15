import { documentLink, el, isWebAddress, marked, where, words } from "./text.js";

const FILTERS = ["speaker", "source", "title", "after", "before", "mode"];
const main = document.getElementById("main");
const form = document.getElementById("form");
const box = document.getElementById("q");
const status = document.getElementById("status");
let latest = 0;

/** Ask the API; a failure is thrown with the words of its problem object. */
async function get(path, params) {
  const key = sessionStorage.getItem("key");
  const response = await fetch(path + (params ? "?" + params : ""), { headers: key ? { "X-API-Key": key } : {} });
  if (response.ok) return response.json();
  if (response.status === 401) throw Object.assign(new Error("This server needs a key."), { needsKey: true });
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail || `The server answered ${response.status}.`);
}

/** Draw what the address bar says; every view has its own address. */
async function show() {
  const turn = ++latest;
  const params = new URLSearchParams(location.search);
  fillForm(params);
  const view = params.get("doc") ? showDocument : params.get("q") ? showAnswer : showStart;
  status.textContent = view === showStart ? "" : "Looking …";
  main.setAttribute("aria-busy", "true");
  try {
    const draw = await view(params);
    if (turn === latest) draw();
  } catch (error) {
    if (turn === latest) showFailure(error);
  }
  if (turn === latest) main.removeAttribute("aria-busy");
}

function fillForm(params) {
  if (!params.get("doc")) for (const name of ["q", ...FILTERS]) form.elements[name].value = params.get(name) || "";
  const set = FILTERS.filter((name) => form.elements[name].value).length;
  document.getElementById("filters-set").textContent = set ? `(${set} set)` : "";
  if (set) document.getElementById("filters").open = true;
}

async function showStart() {
  return () => {
    document.title = "Quoth";
    main.replaceChildren(
      el("p", {}, "Ask who said what. Answers are the documents’ own words, each with the place where it stands."),
    );
    box.focus();
  };
}

async function showAnswer(params) {
  const asked = new URLSearchParams([...params].filter(([name, value]) => value && (name === "q" || FILTERS.includes(name))));
  const result = await get("/ask", asked);
  return () => {
    document.title = `${result.question} – Quoth`;
    const nearest = result.refusal?.nearest ?? [];
    const shown = new Set(nearest.map((one) => one.id));
    const others = result.passages.filter((one) => !shown.has(one.id));
    main.replaceChildren(
      result.answer ? answer(result.answer, result.statements) : refusal(result.refusal),
      ...section("Nearest to it", nearest.map((one) => (one.spans ? statement(one) : passage(one)))),
      ...section("Statements", result.statements.filter((one) => !shown.has(one.id)).map(statement)),
      ...section(nearest.length ? "Other passages" : "Passages", others.map(passage)),
    );
    const found = result.answer ? `Answered with ${count(result.answer.citations.length, "citation")}` : "No answer";
    status.textContent = `${found}, ${count(result.passages.length, "passage")}, in ${Math.round(result.took_ms)} ms.`;
  };
}

function answer(answered, statements) {
  const known = new Map(answered.citations.map((citation) => [String(citation.marker), citation]));
  const said = el("p", {});
  for (const part of answered.text.split(/(\[\d+\])/)) {
    const citation = known.get(part.slice(1, -1));
    said.append(citation && /^\[\d+\]$/.test(part) ? marker(citation) : part);
  }
  const list = el("ol", { "aria-label": "Citations" });
  for (const citation of answered.citations) {
    const line = where(citation.document, citation.start, citation.end, citation.page);
    const overlaps = (one) => one.document.id === citation.document.id && one.start < citation.end && citation.start < one.end;
    const said = statements.filter((one) => [one, ...one.also_in].some(overlaps));
    const names = [...new Set(said.map((one) => one.speaker?.name).filter(Boolean))];
    line.prepend(`[${citation.marker}] `, names.length ? el("span", { class: "who" }, `${names.join(", ")}: `) : "");
    list.append(el("li", {}, line));
  }
  return el("section", { class: "answer", "aria-label": "Answer" }, said, list);
}

function marker(citation) {
  const link = documentLink(citation.document.id, citation.start, citation.end);
  const label = `Citation ${citation.marker}: ${citation.document.title || citation.document.uri}`;
  return el("a", { class: "cite", href: link, "data-view": "", "aria-label": label }, `[${citation.marker}]`);
}

function refusal(refused) {
  return el(
    "section", { class: "refusal", "aria-label": "No answer" },
    el("h3", {}, "The documents hold no answer"), el("p", {}, refused.reason),
  );
}

function section(title, cards) {
  return cards.length ? [el("h2", {}, title), ...cards] : [];
}

function statement(said) {
  const who = el("div", {}, el("span", { class: "who" }, said.speaker?.name || "Speaker not certain"));
  if (said.speaker?.mention && said.speaker.mention !== said.speaker.name) who.append(` (“${said.speaker.mention}”)`);
  who.append(` ${said.cue}`);
  if (said.relayed_by) who.append(`, by way of ${said.relayed_by}`);
  const card = el("article", { class: "card" }, el("blockquote", {}, words(said)), who, where(said.document, said.start, said.end));
  if (said.also_in.length) {
    const copies = said.also_in.map((copy) => where(copy.document, copy.start, copy.end));
    card.append(el("details", {}, el("summary", {}, `Also in ${count(copies.length, "document")}`), ...copies));
  }
  return card;
}

function passage(found) {
  const card = el(
    "article", { class: "card" },
    el("p", {}, ...marked(found.text, found.highlights)), where(found.document, found.start, found.end, found.page),
  );
  if (found.duplicates.length) {
    const copies = found.duplicates.map((copy) => where(copy.document));
    card.append(el("details", {}, el("summary", {}, `Much the same in ${count(copies.length, "document")}`), ...copies));
  }
  return card;
}

async function showDocument(params) {
  const shown = await get("/documents/" + encodeURIComponent(params.get("doc")));
  const span = [Number(params.get("start") ?? -1), Number(params.get("end") ?? -1)];
  return () => {
    document.title = `${shown.title || shown.uri} – Quoth`;
    const back = el("button", { class: "plain", type: "button" }, "Back");
    back.addEventListener("click", () => (history.state?.inside ? history.back() : go("/")));
    const text = documentText(shown, span);
    main.replaceChildren(
      el("div", { class: "actions" }, back), el("h1", {}, shown.title || shown.uri), facts(shown),
      el("article", { class: "text", "aria-label": "Text of the document" }, ...text),
    );
    status.textContent = "";
    const cited = main.querySelector(".text mark");
    if (cited) {
      cited.scrollIntoView({ block: "center" });
      cited.focus({ preventScroll: true });
    } else {
      main.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  };
}

/** The whole text, character for character: cited words marked, furniture greyed. */
function documentText(shown, [from, to]) {
  const points = Array.from(shown.text);
  const furniture = shown.paragraphs.filter((paragraph) => paragraph.kind === "furniture");
  const edges = new Set([0, points.length, ...furniture.flatMap((paragraph) => [paragraph.start, paragraph.end])]);
  if (0 <= from && from < to && to <= points.length) edges.add(from).add(to);
  const sorted = [...edges].filter(Number.isInteger).sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => {
    const part = points.slice(start, sorted[i + 1]).join("");
    if (from <= start && start < to && edges.has(to)) return el("mark", { tabindex: "-1" }, part);
    const around = furniture.some((paragraph) => paragraph.start <= start && start < paragraph.end);
    return around ? el("span", { class: "furniture" }, part) : part;
  });
}

function facts(shown) {
  const list = el("dl");
  const address = isWebAddress(shown.uri)
    ? el("a", { href: shown.uri, rel: "noreferrer noopener", target: "_blank" }, shown.uri)
    : shown.uri;
  const known = [["Source", shown.source], ["Author", shown.author], ["Published", shown.published], ["Address", address]];
  for (const [name, value] of known) if (value) list.append(el("dt", {}, name), el("dd", {}, value));
  return list;
}

function showFailure(error) {
  status.textContent = "";
  const parts = [el("h3", {}, "That did not work"), el("p", {}, error.message)];
  if (error.needsKey) {
    const key = el("input", { type: "password", required: "", "aria-label": "API key", autocomplete: "off" });
    const ask = el("form", { class: "box" }, key, el("button", {}, "Use key"));
    ask.addEventListener("submit", (event) => {
      event.preventDefault();
      sessionStorage.setItem("key", key.value);
      show();
    });
    parts.push(ask);
  }
  main.replaceChildren(el("section", { class: "refusal", role: "alert" }, ...parts));
}

function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function go(address) {
  history.pushState({ inside: true }, "", address);
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const params = new URLSearchParams();
  for (const name of ["q", ...FILTERS]) if (form.elements[name].value) params.set(name, form.elements[name].value);
  go("/?" + params);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === "Escape" && new URLSearchParams(location.search).get("doc") && history.state?.inside) history.back();
});

window.addEventListener("popstate", show);

get("/documents", "k=1").then(
  (page) => (document.getElementById("library").textContent = `${count(page.total, "document")}, generation ${page.generation}.`),
  () => {},
);
show();
