// A speaker: their names, when they said something, and how they worded it.

import { get, getAll } from "./api.js";
import { speakerCard, statement } from "./cards.js";
import { csvButton } from "./csv.js";
import { placeLink, speakerLink } from "./link.js";
import { button, count, el, words } from "./text.js";
import { timeline } from "./timeline.js";
import { sideBySide } from "./wording.js";

const SHOWN = 50;
// The server takes seconds to fold more.
const MOST_FOLDED = 1000;
const MOST_PAIRS = 20;
const KINDS = [["", "any way"], ["direct", "quoted"], ["mixed", "partly quoted"], ["indirect", "in other words"]];
const KEPT = ["about", "kind", "source", "title", "after", "before", "meta"];

/** Show `params.speaker`, an id or a name; a name that several go by shows all of them. */
export async function showSpeaker(params, width) {
  const found = await get("/speakers", new URLSearchParams({ speaker: params.get("speaker"), k: 50 }));
  if (found.total !== 1) return several(params.get("speaker"), found);
  const [person] = found.speakers;
  const filters = Object.fromEntries(KEPT.filter((name) => params.get(name)).map((name) => [name, params.get(name)]));
  const asked = new URLSearchParams({ ...filters, speaker: person.id });
  const isFolded = await areFew(person, asked);
  asked.set("collapse", isFolded);
  const { items, total, generation } = await getAll("/statements", asked, "statements", person.statements);
  // Of a topic they come by how well they match.
  const said = items.sort(byDate);
  const told = [
    Object.keys(filters).length ? "only those asked for" : "",
    isFolded ? "what several outlets tell is shown once" : "too many to see which of them are the same",
  ].filter(Boolean);
  const link = (after, before) => speakerLink(person.id, { ...filters, after, before });
  return {
    title: person.name,
    status: `${[count(total, "statement"), ...(isFolded && total === person.statements ? [] : told)].join("; ")}.`,
    nodes: [
      el("h1", { tabindex: "-1" }, person.name), el("p", {}, person.description || ""), facts(person),
      timeline(said, link, width), chooser(person, filters), ...listed(said, total, generation),
    ].filter(Boolean),
  };
}

/** Whether the statements asked for are few enough to be compared each with each. */
async function areFew(person, asked) {
  if (person.statements <= MOST_FOLDED) return true;
  const one = new URLSearchParams(asked);
  one.set("k", 1);
  return (await get("/statements", one)).total <= MOST_FOLDED;
}

function several(typed, found) {
  const title = found.total ? `${count(found.total, "speaker")} go by “${typed}”` : `No speaker goes by “${typed}”`;
  return { title, status: "", nodes: [el("h1", { tabindex: "-1" }, title), ...found.speakers.map(speakerCard)] };
}

/** All speakers, most statements first, by pages. */
export async function showSpeakers(params) {
  const asked = new URLSearchParams({ k: 100 });
  if (params.get("cursor")) asked.set("cursor", params.get("cursor"));
  const found = await get("/speakers", asked);
  const next = new URLSearchParams({ speakers: "", cursor: found.next ?? "" });
  return {
    title: "Speakers",
    status: `${count(found.total, "speaker")}.`,
    nodes: [
      el("h1", { tabindex: "-1" }, "Speakers"), ...found.speakers.map(speakerCard),
      found.next ? el("p", {}, el("a", { href: "/?" + next, "data-view": "" }, "More speakers")) : "",
    ],
  };
}

function facts(person) {
  const period = [...new Set([person.first, person.last].filter(Boolean))].join(" to ");
  const list = el("dl");
  const known = [
    ["Statements", `${person.statements.toLocaleString("en")} in ${count(person.documents, "document")}`],
    ["Dates", period],
    ["Named as", person.mentions.map((one) => `${one.text} (${one.count})`).join(" · ")],
  ];
  for (const [name, value] of known) if (value) list.append(el("dt", {}, name), el("dd", {}, value));
  return list;
}

/** The topic box, and the way back to all statements. */
function chooser(person, filters) {
  const about = el("input", { name: "about", type: "search", maxlength: "1000", value: filters.about ?? null });
  const form = el(
    "form", { class: "topic", role: "search", "aria-label": "Among these statements", action: "/", method: "get" },
    el("input", { type: "hidden", name: "speaker", value: person.id }),
    el("label", {}, "What they said about ", about), el("label", { class: "narrow" }, "How ", kinds(filters.kind)), el("button", {}, "Show"),
  );
  for (const [name, value] of Object.entries(filters)) {
    if (!["about", "kind"].includes(name)) form.append(el("input", { type: "hidden", name, value }));
  }
  if (!Object.keys(filters).length) return form;
  const shown = Object.entries(filters).map(([name, value]) => `${name} ${value}`).join(", ");
  const all = el("a", { href: speakerLink(person.id), "data-view": "" }, "show all");
  return el("div", {}, form, el("p", { class: "soft" }, `Only: ${shown} – `, all));
}

function kinds(chosen) {
  const select = el("select", { name: "kind" });
  for (const [kind, told] of KINDS) select.append(el("option", { value: kind, selected: kind === chosen ? "" : null }, told));
  return select;
}

/** The statements in the order of their dates; any two, or each and its next, side by side. */
function listed(said, total, generation) {
  const beside = el("section", { class: "beside", "aria-label": "Side by side", tabindex: "-1", hidden: "" });
  const chosen = [];
  const choose = (one, box) => {
    if (box.checked) chosen.push({ one, box });
    else chosen.splice(chosen.findIndex((other) => other.box === box), 1);
    if (chosen.length > 2) chosen.shift().box.checked = false;
    if (chosen.length === 2) lay(beside, [chosen.map((other) => other.one)], generation);
    else beside.hidden = true;
  };
  const cards = said.map((one) => {
    const box = el("input", { type: "checkbox" });
    box.addEventListener("change", () => choose(one, box));
    return () => statement(one, generation, el("label", { class: "choice" }, box, " Compare"));
  });
  const pairs = said.slice(1).map((one, i) => [said[i], one]).slice(0, MOST_PAIRS);
  const side = button("Each beside the next", () => lay(beside, pairs, generation));
  const head = el("div", { class: "head" }, el("h2", {}, "Statements, oldest first"), pairs.length ? side : "", csvButton(said, generation));
  const list = el("div", {});
  const cut = said.length < total ? el("p", { class: "soft" }, `The first ${said.length} of ${total}: narrow them by a topic or by dates.`) : "";
  if (!said.length) list.append(el("p", {}, "No statement matches."));
  unfold(list, cards);
  return [head, cut, beside, list].filter((node) => node !== "");
}

function unfold(list, cards) {
  list.append(...cards.splice(0, SHOWN).map((make) => make()));
  if (!cards.length) return;
  const more = button(`${cards.length} more`, () => {
    const last = list.lastElementChild.previousElementSibling;
    more.remove();
    unfold(list, cards);
    last.nextElementSibling.focus();
  });
  list.append(more);
}

/** Oldest first, undated last. */
function byDate(one, other) {
  const [date, after] = [one, other].map((said) => said.document.published ?? "~");
  return date < after ? -1 : Number(date > after);
}

/** Fill the region of wordings, in order of their dates, and go there. */
function lay(beside, pairs, generation) {
  const head = (one) => {
    const link = el("a", { href: placeLink(one.document, one, generation), "data-view": "" }, one.document.title || one.document.uri);
    return el("p", { class: "where" }, el("b", {}, one.document.published ?? "No date"), " ", link, one.document.source ? ` · ${one.document.source}` : "");
  };
  const side = (one) => ({ head: head(one), text: words(one) });
  const drawn = pairs.map((pair) => sideBySide(...[...pair].sort(byDate).map(side)));
  const close = button("Close", () => (beside.hidden = true), { class: "small" });
  beside.replaceChildren(el("div", { class: "head" }, el("h2", {}, "Side by side"), close), ...drawn);
  beside.hidden = false;
  beside.focus();
  beside.scrollIntoView({ block: "nearest" });
}
