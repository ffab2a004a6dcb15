// One statement, one passage, one speaker: what lists are made of. A `.stop` is where the keys j and k halt; its
// `a.open` is what Enter opens.

import { copyButtons } from "./clipboard.js";
import { documentLink, placeLink, speakerLink } from "./link.js";
import { count, el, language, marked, words } from "./text.js";
import { isSameWording, wording } from "./wording.js";

/** Title, source, author, date of a document, as a line that opens it. */
export function where(ref, link, page) {
  const line = el("div", { class: "where" });
  line.append(el("a", { class: "open", href: link, "data-view": "" }, ref.title || ref.uri));
  const place = typeof page === "number" ? `page ${page}` : page;
  for (const shown of [ref.source, ref.author, ref.published, place]) {
    if (shown) line.append(el("span", {}, shown));
  }
  return line;
}

/** A speaker's name, which opens their page; nothing where it is not sure who it is. */
export function speakerName(speaker) {
  if (!speaker?.name) return null;
  if (!speaker.id) return el("span", { class: "who" }, speaker.name);
  return el("a", { class: "who", href: speakerLink(speaker.id), "data-view": "" }, speaker.name);
}

/** A speaker in one line, which opens their page. */
export function speakerCard(person) {
  const told = `${count(person.statements, "statement")} in ${count(person.documents, "document")}`;
  const link = el("a", { class: "who open", href: speakerLink(person.id), "data-view": "" }, person.name);
  const about = person.description ? `, ${person.description}` : "";
  return el("p", { class: "card stop", tabindex: "-1" }, link, `${about} `, el("span", { class: "kind" }, told));
}

/** A statement: words, speaker, cue, date, outlet, and the other outlets that have it. */
export function statement(said, generation, extra = null) {
  const { name, mention } = said.speaker ?? {};
  const unnamed = mention ? `“${mention}”` : "Speaker not certain";
  const who = el("div", {}, speakerName(said.speaker) ?? el("span", { class: "who" }, unnamed));
  if (name && mention && mention !== name) who.append(` (“${mention}”)`);
  who.append(` ${said.cue}`);
  if (said.relayed_by) who.append(`, by way of ${said.relayed_by}`);
  who.append(" ", el("span", { class: "kind" }, said.kind));
  const label = ["Statement", name, said.document.published].filter(Boolean).join(", ");
  return el(
    "article", { class: "card stop", tabindex: "-1", "aria-label": label },
    el("blockquote", { lang: language(said.document) }, words(said)), who, where(said.document, placeLink(said.document, said, generation)),
    copies(said, generation),
    el("div", { class: "actions" }, copyButtons(said, name || mention, generation), extra),
  );
}

function copies(said, generation) {
  if (!said.also_in.length) return null;
  const outlets = new Set(said.also_in.map((copy) => copy.document.source || copy.document.id));
  const list = el("ul", { class: "also" });
  for (const copy of said.also_in) {
    const isSame = isSameWording(words(copy), words(said));
    const text = el("blockquote", { lang: language(copy.document) }, ...wording(words(copy), words(said)));
    const note = isSame ? "the same words" : "other words marked";
    const line = where(copy.document, placeLink(copy.document, copy, generation));
    line.append(el("span", {}, note));
    list.append(el("li", {}, text, line));
  }
  return el("details", {}, el("summary", {}, `Also in ${count(outlets.size, "outlet")}`), list);
}

/** A passage with its highlights, and the near-duplicates that were folded under it. */
export function passage(found, generation) {
  const ref = found.document;
  return el(
    "article", { class: "card stop", tabindex: "-1", "aria-label": `Passage, ${ref.title || ref.uri}` },
    el("p", { lang: language(ref) }, ...marked(found.text, found.highlights)), where(ref, placeLink(ref, found, generation), found.page),
    duplicates(found),
    el("div", { class: "actions" }, copyButtons(found, null, generation)),
  );
}

function duplicates(found) {
  if (!found.duplicates.length) return null;
  const list = el("ul", { class: "also" });
  for (const copy of found.duplicates) list.append(el("li", {}, where(copy.document, documentLink(copy.document, copy.id))));
  return el("details", {}, el("summary", {}, `Much the same in ${count(found.duplicates.length, "document")}`), list);
}

/** A heading and what stands under it; nothing without the latter. */
export function section(title, cards, ...beside) {
  return cards.length ? [el("div", { class: "head" }, el("h2", {}, title), ...beside), ...cards] : [];
}
