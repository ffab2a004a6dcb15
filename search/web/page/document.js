// A document, opened at the words that a link means; or what became of them.

import { get } from "./api.js";
import { passage, speakerName } from "./cards.js";
import { copyButtons } from "./clipboard.js";
import { readLink, resolve } from "./link.js";
import { button, el, isWebAddress, language } from "./text.js";
import { shared, sideBySide } from "./wording.js";

const MOST_PLACES = 5;
const MOST_TITLE = 1000;
const NEAR = 0.5;

/** Show `params.doc`. `leave` goes back to where the reader came from. */
export async function showDocument(params, leave) {
  const link = readLink(params);
  const now = get("/documents", "k=1").then((page) => page.generation, () => null);
  const back = el("div", { class: "actions" }, button("Back", leave, { class: "plain" }));
  let shown;
  try {
    shown = await get("/documents/" + encodeURIComponent(params.get("doc")));
  } catch (error) {
    if (error.status !== 404) throw error;
    return { title: "Not in the library", status: "", nodes: [back, ...(await gone(link, error, now))] };
  }
  const found = resolve(link, shown);
  const generation = await now;
  const title = shown.title || shown.uri;
  const nodes = [
    back, el("h1", { tabindex: "-1" }, title), facts(shown), ...told(link, found, shown, generation),
    el("article", { class: "text", lang: language(shown), "aria-label": "Text of the document" }, ...text(shown, found.span)),
  ];
  return { title, status: "", nodes, focus: ".text mark" };
}

/** The whole text, character for character: cited words marked, furniture greyed. */
function text(shown, [from, to] = [-1, -1]) {
  const points = Array.from(shown.text);
  const furniture = new Map();
  for (const one of shown.paragraphs) if (one.kind === "furniture") furniture.set(one.start, one.end);
  const edges = new Set([0, points.length, ...furniture.keys(), ...furniture.values()]);
  if (from >= 0) edges.add(from).add(to);
  const sorted = [...edges].sort((a, b) => a - b);
  let furnitureEnd = 0;
  return sorted.slice(0, -1).map((start, i) => {
    const part = points.slice(start, sorted[i + 1]).join("");
    furnitureEnd = Math.max(furnitureEnd, furniture.get(start) ?? 0);
    if (from <= start && start < to) return el("mark", { tabindex: "-1" }, part);
    return start < furnitureEnd ? el("span", { class: "furniture" }, part) : part;
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

/** What became of the link's words since it was made, and what can be copied of them. */
function told(link, found, shown, generation) {
  const notice = (...parts) => el("section", { class: "notice", role: "note", "aria-label": "About this link" }, ...parts);
  const line = said(link, found, generation);
  const place = found.span ? marked(shown, found.span, generation ?? link.generation) : "";
  if (found.state === "same" || found.state === "unchecked") return [el("p", { class: "soft" }, line), place];
  if (found.state === "none") return [];
  return [notice(el("p", {}, line), found.state === "changed" ? compared(link, shown) : ""), place];
}

/** What can be copied of the marked words; who said them is filled in as soon as it is known. */
function marked(shown, [start, end], generation) {
  const place = { document: shown, start, end, text: Array.from(shown.text).slice(start, end).join("") };
  const line = el("div", { class: "actions" }, copyButtons(place, null, generation));
  sayers(shown, place).then((people) => {
    if (!people.length) return;
    const names = people.flatMap((one, i) => [i ? ", " : "Said by ", speakerName(one)]);
    line.replaceChildren(el("span", {}, ...names), copyButtons(place, people.map((one) => one.name).join(", "), generation));
  }, () => {});
  return line;
}

/** Who said what stands at a place; only a document with a title can be asked for its statements. */
async function sayers(shown, place) {
  if (!shown.title) return [];
  const asked = new URLSearchParams({ title: shown.title.slice(0, MOST_TITLE), k: 0 });
  if (shown.published) for (const bound of ["after", "before"]) asked.set(bound, shown.published);
  const { statements } = await get("/statements", asked);
  const here = (one) => one.document.id === shown.id && one.start < place.end && place.start < one.end && one.speaker?.name;
  return [...new Map(statements.filter(here).map((one) => [one.speaker.name, one.speaker])).values()];
}

function said(link, found, generation) {
  const then = link.generation === null ? "" : ` at generation ${link.generation}`;
  const since = generation === null || link.generation === generation ? then : `${then} (it is ${generation} now)`;
  const at = found.span && `characters ${found.span[0]}–${found.span[1]}`;
  const changed = `The document has changed since this link was made${since}`;
  return {
    none: "",
    unchecked: `Marked: ${at}.`,
    same: since.includes("now") ? `These words stand as they did when the link was made${since}: ${at}.` : `Marked: ${at}.`,
    moved: `${changed}: the words stand elsewhere now, at ${at}, and are marked there.`,
    respelled: `${changed}: the words stand at ${at} now, with other quotation marks, white space or capitals.`,
    begun: `${changed}: only the beginning of the words stands there still, at ${at}.`,
    changed: `${changed}: the words are not in it any more.`,
    outside: "This document holds no such place: it is shorter than the link says, or its paragraph has changed.",
  }[found.state];
}

/** The link's words beside the paragraph that comes nearest to them, if one does. */
function compared(link, shown) {
  const points = Array.from(shown.text);
  let best = { share: 0 };
  for (const one of shown.paragraphs) {
    const paragraph = points.slice(one.start, one.end).join("");
    const alike = shared(link.words, paragraph);
    const share = alike.same / Math.max(alike.own, 1);
    if (share > best.share) best = { share, paragraph, one };
  }
  const then = { head: el("h2", {}, "The link’s words"), text: link.words };
  if (best.share < NEAR) return el("div", {}, then.head, el("blockquote", {}, link.words));
  const place = `Nearest to them now, characters ${best.one.start}–${best.one.end}`;
  return sideBySide(then, { head: el("h2", {}, place), text: best.paragraph });
}

/** A document that is not there: what the link quoted, and where else these words stand. */
async function gone(link, error, now) {
  const alert = el(
    "section", { class: "refusal", role: "alert" },
    el("h1", { tabindex: "-1" }, "This document is not in the library"), el("p", {}, error.message),
  );
  if (!link.words) return [alert];
  alert.append(el("p", {}, "The link quoted these words:"), el("blockquote", {}, link.words));
  const asked = new URLSearchParams({ q: link.words, mode: "lexical", collapse: "false", k: MOST_PLACES });
  const found = await get("/search", asked).catch(() => ({ passages: [] }));
  const same = found.passages.filter((one) => one.text.includes(link.words));
  const head = same.length ? "The same words stand in" : "No other document was found to hold these words.";
  const generation = found.generation ?? (await now);
  return [alert, same.length ? el("h2", {}, head) : el("p", {}, head), ...same.map((one) => passage(one, generation))];
}
