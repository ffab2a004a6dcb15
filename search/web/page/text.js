// Text from documents into elements. Nothing here, or anywhere, writes markup: whatever a document
// holds becomes a text node.

/** Make an element; children are elements or strings. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
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

/** Where a document view opens: at these code points. */
export function documentLink(id, start, end) {
  const params = new URLSearchParams({ doc: id });
  if (start !== undefined) {
    params.set("start", start);
    params.set("end", end);
  }
  return "/?" + params;
}

/** Only web addresses become links that lead away; a file's URI is shown as text. */
export function isWebAddress(uri) {
  return /^https?:\/\//i.test(uri);
}

/** Title, source, author, date of a document, as a line that opens it. */
export function where(ref, start, end, page) {
  const line = el("div", { class: "where" });
  line.append(el("a", { href: documentLink(ref.id, start, end), "data-view": "" }, ref.title || ref.uri));
  const place = typeof page === "number" ? `page ${page}` : page;
  for (const shown of [ref.source, ref.author, ref.published, place]) {
    if (shown) line.append(el("span", {}, shown));
  }
  return line;
}
