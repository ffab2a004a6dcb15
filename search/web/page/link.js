// Links to a place in a document. Each carries the words it means, so that it can tell later, when the
// library was built anew, whether they still stand there.

const MOST_WORDS = 200;
const LIKE = { "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-" };

/** The address of `text`, which stands in a document from `start` to `end` (code points) at `generation`. */
export function placeLink(ref, { start, end, text }, generation) {
  const points = Array.from(text);
  const params = new URLSearchParams({ doc: ref.id, start, end, generation, words: points.slice(0, MOST_WORDS).join("") });
  if (points.length > MOST_WORDS) params.set("sum", checksum(text));
  return "/?" + params;
}

/** The address of a document, or of one of its paragraphs. */
export function documentLink(ref, passage) {
  return "/?" + new URLSearchParams(passage ? { doc: ref.id, passage } : { doc: ref.id });
}

/** The address of a speaker's page. */
export function speakerLink(id, filters = {}) {
  return "/?" + new URLSearchParams({ speaker: id, ...filters });
}

/** The whole address, to be given to others. */
export function absolute(link) {
  return new URL(link, location.origin).href;
}

/** What a link means: its place, and the words that stood there. */
export function readLink(params) {
  const number = (name) => (/^\d{1,12}$/.test(params.get(name) ?? "") ? Number(params.get(name)) : null);
  const [start, end] = [number("start"), number("end")];
  return {
    start, end, generation: number("generation"), words: params.get("words") || "", sum: params.get("sum"),
    passage: params.get("passage"), hasPlace: params.has("start") || params.has("end"),
  };
}

/**
 * Find a link's words in a document. `state` is
 * - none: the link names no place; outside: the place it names is not in the document;
 * - unchecked: it names a place but carries no words; same: they stand there still;
 * - moved: they stand at `span` now; respelled: so they do, but for quotation marks, white space or capitals;
 * - begun: only their beginning stands at `span`; changed: they are gone.
 */
export function resolve(link, shown) {
  const points = Array.from(shown.text);
  const paragraph = link.passage && shown.paragraphs.find((one) => one.id === link.passage);
  if (link.passage) return paragraph ? { state: "unchecked", span: [paragraph.start, paragraph.end] } : { state: "outside" };
  if (!link.hasPlace) return { state: "none" };
  const isInside = link.start !== null && link.end !== null && link.start < link.end && link.end <= points.length;
  if (!link.words) return isInside ? { state: "unchecked", span: [link.start, link.end] } : { state: "outside" };
  if (isInside && isMeant(points.slice(link.start, link.end).join(""), link)) {
    return { state: "same", span: [link.start, link.end] };
  }
  return elsewhere(link, shown.text, points) ?? { state: "changed" };
}

function elsewhere(link, text, points) {
  const carried = Array.from(link.words).length;
  const length = link.sum ? Math.max((link.end ?? 0) - (link.start ?? 0), carried) : carried;
  const exact = nearest(places(text, link.words), link.start ?? 0);
  if (exact !== undefined) {
    const span = [exact, Math.min(exact + length, points.length)];
    if (isMeant(points.slice(...span).join(""), link)) return { state: "moved", span };
    return { state: "begun", span: [exact, exact + carried] };
  }
  const folded = foldedPlaces(points, link.words);
  const near = nearest(folded.map(([start]) => start), link.start ?? 0);
  if (near === undefined) return null;
  return { state: link.sum ? "begun" : "respelled", span: folded.find(([start]) => start === near) };
}

function isMeant(text, link) {
  return link.sum ? text.startsWith(link.words) && checksum(text) === link.sum : text === link.words;
}

/** Where words stand in a text, in code points. */
function places(text, words) {
  const found = [];
  let [unit, point] = [0, 0];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    point += Array.from(text.slice(unit, at)).length;
    unit = at;
    found.push(point);
  }
  return found;
}

/** The same for words that are spelled alike but for quotation marks, dashes, white space and capitals. */
function foldedPlaces(points, words) {
  const [folded, from] = fold(points);
  const wanted = fold(Array.from(words.trim()))[0].join("");
  if (!wanted) return [];
  return places(folded.join(""), wanted).map((at) => [from[at], from[at + Array.from(wanted).length - 1] + 1]);
}

function fold(points) {
  const [folded, from] = [[], []];
  points.forEach((point, i) => {
    const like = /\s/.test(point) ? " " : LIKE[point] ?? point.toLowerCase();
    if (like === " " && folded.at(-1) === " ") return;
    folded.push(Array.from(like)[0]);
    from.push(i);
  });
  return [folded, from];
}

function nearest(positions, to) {
  return positions.reduce((best, one) => (best === undefined || Math.abs(one - to) < Math.abs(best - to) ? one : best), undefined);
}

/** FNV-1a over UTF-16 units: it tells an edit from none, nobody has to be kept out. */
function checksum(text) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}
