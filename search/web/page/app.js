// The page: the form, the address bar, and which view they ask for.

import { showAnswer } from "./answer.js";
import { get, useKey } from "./api.js";
import { showDocument } from "./document.js";
import { currentStop, focusStop, listen } from "./keys.js";
import { showSpeaker, showSpeakers } from "./speaker.js";
import { button, count, el } from "./text.js";

const FILTERS = ["speaker", "source", "title", "after", "before", "meta", "mode"];
const main = document.getElementById("main");
const form = document.getElementById("form");
const box = document.getElementById("q");
const status = document.getElementById("status");
let latest = 0;
let shown = null;

/** Draw what the address bar says; every view has its own address. */
async function show({ isReturn = false } = {}) {
  const turn = ++latest;
  shown = location.search;
  const params = new URLSearchParams(location.search);
  fillForm(params);
  status.textContent = location.search ? "Looking …" : "";
  main.setAttribute("aria-busy", "true");
  try {
    const view = await viewOf(params);
    if (turn !== latest) return;
    document.title = view.title ? `${view.title} – Quoth` : "Quoth";
    main.replaceChildren(...view.nodes);
    status.textContent = view.status;
    settle(view, isReturn);
  } catch (error) {
    if (turn === latest) showFailure(error);
  }
  if (turn === latest) main.removeAttribute("aria-busy");
}

/** A view is its title, status line and nodes, and what in it is to have the focus. */
function viewOf(params) {
  if (params.get("doc")) return showDocument(params, leave);
  if (params.get("q")) return showAnswer(params, FILTERS);
  if (params.get("speaker")) return showSpeaker(params, main.clientWidth - 32);
  return params.has("speakers") ? showSpeakers(params) : start();
}

function start() {
  const told = "Ask who said what. Answers are the documents’ own words, each with the place where it stands.";
  return {
    title: "", status: "", focus: "#q",
    nodes: [el("h1", { class: "hidden", tabindex: "-1" }, "Quoth"), el("p", {}, told), el("p", {}, el("a", { href: "/?speakers", "data-view": "" }, "All speakers"))],
  };
}

/** Put the focus where reading goes on: the cited words, the result that was opened, or the top. */
function settle(view, isReturn) {
  if (isReturn && history.state?.stop >= 0 && focusStop(history.state.stop)) return;
  const wanted = view.focus && document.querySelector(view.focus);
  if (wanted) {
    wanted.focus({ preventScroll: true });
    wanted.scrollIntoView({ block: "center" });
    return;
  }
  window.scrollTo(0, 0);
  // Who asked stays in the box; who followed a link, which is gone now, starts at the heading.
  if (document.activeElement !== box) (main.querySelector("h1") ?? main).focus({ preventScroll: true });
}

function fillForm(params) {
  if (params.get("doc")) return;
  const isSpeakerPage = !params.get("q") && params.get("speaker");
  for (const name of ["q", ...FILTERS]) form.elements[name].value = (!(isSpeakerPage && name === "speaker") && params.get(name)) || "";
  const set = FILTERS.filter((name) => form.elements[name].value).length;
  document.getElementById("filters-set").textContent = set ? `(${set} set)` : "";
  if (set) document.getElementById("filters").open = true;
}

function showFailure(error) {
  status.textContent = "";
  const parts = [el("h1", { class: "small-title" }, "That did not work"), el("p", {}, error.message)];
  if (error.request && error.status >= 500) parts.push(el("p", { class: "soft" }, `Request ${error.request}`));
  if (error.status === 401) parts.push(keyForm());
  else if ([0, 429, 503].includes(error.status)) parts.push(button("Try again", () => show()));
  main.replaceChildren(el("section", { class: "refusal", role: "alert" }, ...parts));
}

function keyForm() {
  const key = el("input", { type: "password", required: "", "aria-label": "API key", autocomplete: "off" });
  const made = el("form", { class: "box" }, key, el("button", {}, "Use key"));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    useKey(key.value);
    showLibrary();
    show();
  });
  return made;
}

function go(address) {
  history.replaceState({ ...history.state, stop: currentStop() }, "");
  history.pushState({ inside: true }, "", address);
  show();
}

/** Back to the view before; from an address that was opened from elsewhere, to the start. */
function leave() {
  if (history.state?.inside) history.back();
  else if (location.search) go("/");
}

function showLibrary() {
  get("/documents", "k=1").then(
    (page) => (document.getElementById("library").textContent = `${count(page.total, "document")}, generation ${page.generation}.`),
    () => {},
  );
}

// Every form of the page asks by its address: the box, and the topic box of a speaker's page.
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(event.target)) if (String(value).trim()) params.set(name, value);
  if (String(params)) go("/?" + params);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});

history.scrollRestoration = "manual";
// A jump within the page, such as to the results, is one in history too: nothing is to be drawn for it.
window.addEventListener("popstate", () => location.search !== shown && show({ isReturn: true }));
listen(leave);
showLibrary();
show();
