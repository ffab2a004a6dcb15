// What was asked: the answer or the refusal, then statements and passages.

import { get } from "./api.js";
import { passage, section, speakerCard, speakerName, statement, where } from "./cards.js";
import { copyButtons } from "./clipboard.js";
import { csvButton } from "./csv.js";
import { placeLink } from "./link.js";
import { count, el } from "./text.js";

const PASSAGES = 10;
const MOST_PASSAGES = 1000;
const MOST_NAME_WORDS = 5;
const EXACT = new Map([
  [true, "The quotation stands in the source as you typed it."],
  [false, "The source does not have the quotation just as you typed it."],
]);

/** Ask `params.q`, by the filters given. */
export async function showAnswer(params, filters) {
  const asked = new URLSearchParams(["q", "k", ...filters].filter((name) => params.get(name)).map((name) => [name, params.get(name)]));
  const [result, people] = await Promise.all([get("/ask", asked), named(params.get("q"))]);
  return {
    title: result.question,
    status: told(result),
    nodes: [el("h1", { class: "hidden", tabindex: "-1" }, result.question), ...drawn(result, people), more(params, result)],
  };
}

/** Who goes by the few words that were typed: a search for a name leads to the speaker's page as well. */
async function named(typed) {
  if (/[?"“]/.test(typed) || typed.trim().split(/\s+/).length > MOST_NAME_WORDS) return [];
  const found = await get("/speakers", new URLSearchParams({ speaker: typed, k: 5 })).catch(() => ({ speakers: [] }));
  return found.speakers;
}

function told(result) {
  const found = result.answer ? `Answered with ${count(result.answer.citations.length, "citation")}` : "No answer";
  return `${found}, ${count(result.passages.length, "passage")}, in ${Math.round(result.took_ms)} ms.`;
}

function drawn(result, people) {
  const { generation } = result;
  const nearest = result.refusal?.nearest ?? [];
  const isShown = new Set(nearest.map((one) => one.id));
  const statements = result.statements.filter((one) => !isShown.has(one.id));
  const passages = result.passages.filter((one) => !isShown.has(one.id));
  return [
    ...section("Speakers", people.map(speakerCard)),
    result.answer ? answer(result) : refusal(result.refusal),
    result.note ? el("p", { class: "soft" }, result.note) : "",
    ...section("Nearest to it", nearest.map((one) => (one.spans ? statement : passage)(one, generation))),
    ...section("Statements", statements.map((one) => statement(one, generation)), csvButton(statements, generation)),
    ...section(nearest.length ? "Other passages" : "Passages", passages.map((one) => passage(one, generation))),
  ].filter((node) => node !== "");
}

function answer(result) {
  const { answer: answered, statements, generation } = result;
  const known = new Map(answered.citations.map((citation) => [String(citation.marker), citation]));
  const said = el("p", {});
  for (const part of answered.text.split(/(\[\d+\])/)) {
    const citation = known.get(part.slice(1, -1));
    said.append(citation && /^\[\d+\]$/.test(part) ? marker(citation, generation) : part);
  }
  const list = el("ol", { "aria-label": "Citations" });
  for (const citation of answered.citations) list.append(cited(citation, statements, generation));
  const exact = EXACT.has(answered.exact) ? el("p", { class: "soft" }, EXACT.get(answered.exact)) : null;
  return el("section", { class: "answer", "aria-label": "Answer" }, said, exact, list);
}

function marker(citation, generation) {
  const label = `Citation ${citation.marker}: ${citation.document.title || citation.document.uri}`;
  const link = placeLink(citation.document, citation, generation);
  return el("a", { class: "cite", href: link, "data-view": "", "aria-label": label }, `[${citation.marker}]`);
}

function cited(citation, statements, generation) {
  const overlaps = (one) => one.document.id === citation.document.id && one.start < citation.end && citation.start < one.end;
  const said = statements.filter((one) => [one, ...one.also_in].some(overlaps) && one.speaker?.name);
  const people = [...new Map(said.map((one) => [one.speaker.name, one.speaker])).values()];
  const line = where(citation.document, placeLink(citation.document, citation, generation), citation.page);
  const names = people.flatMap((one, i) => [i ? ", " : "", speakerName(one)]);
  line.prepend(`[${citation.marker}] `, ...names, names.length ? ": " : "");
  const spoken = people.map((one) => one.name).join(", ");
  return el("li", { class: "stop", tabindex: "-1" }, line, copyButtons(citation, spoken, generation));
}

/** Why there is no answer, in words and in numbers. */
function refusal(refused) {
  const numbers = el("dl", {});
  const rows = [
    ["Documents searched", refused.documents_searched],
    ["Documents that mention it", refused.documents_mentioning],
    ["Statements by the speaker", refused.statements_by_speaker],
  ];
  for (const [name, number] of rows) numbers.append(el("dt", {}, name), el("dd", {}, number.toLocaleString("en")));
  return el(
    "section", { class: "refusal", "aria-label": "No answer" },
    el("h2", {}, "The documents hold no answer"), el("p", {}, refused.reason), numbers,
  );
}

function more(params, result) {
  const k = Number(params.get("k")) || PASSAGES;
  if (result.passages.length < k || k >= MOST_PASSAGES) return "";
  const next = new URLSearchParams(params);
  next.set("k", Math.min(2 * k, MOST_PASSAGES));
  return el("p", {}, el("a", { href: "/?" + next, "data-view": "" }, "More passages"));
}
