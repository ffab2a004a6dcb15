// Text from documents into elements. Nothing here, or anywhere, writes markup: whatever a document
// holds becomes a text node.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; children are elements or strings, and what is null or empty is left out. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an element of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A button that does something here and now. */
export function button(name, does, attributes = {}) {
  const made = el("button", { type: "button", class: "plain", ...attributes }, name);
  made.addEventListener("click", () => does(made));
  return made;
}

/** The parts of a text, cut at spans of code points: offsets of the API don't count UTF-16 units. */
export function cut(text, spans) {
  const points = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at || end > points.length || end <= start) continue;
    parts.push({ text: points.slice(at, start).join(""), marked: false });
    parts.push({ text: points.slice(start, end).join(""), marked: true });
    at = end;
  }
  parts.push({ text: points.slice(at).join(""), marked: false });
  return parts.filter((part) => part.text !== "");
}

/** A text with its spans in <mark>. */
export function marked(text, spans) {
  return cut(text, spans).map((part) => (part.marked ? el("mark", {}, part.text) : part.text));
}

/** The words of a statement, without the cue between them. */
export function words(statement) {
  const spans = statement.spans.map(([start, end]) => [start - statement.start, end - statement.start]);
  return cut(statement.text, spans).filter((part) => part.marked).map((part) => part.text).join(" … ");
}

/** Only web addresses become links that lead away; a file's URI is shown as text. */
export function isWebAddress(uri) {
  return /^https?:\/\//i.test(uri);
}

/** The language of a document, for screen readers to speak it in; null where it is none that they could know. */
export function language(ref) {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(ref.language ?? "") ? ref.language : null;
}

/** A number and its noun. */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
