// Two wordings of one thing beside each other, with the words that differ marked.

import { el } from "./text.js";

const PARTS = /[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*|[^\p{L}\p{N}]+/gu;
const IS_WORD = /[\p{L}\p{N}]/u;
const MOST_WORDS = 600;
const LEAST_SHARED = 0.2;

/** Whether two wordings have the same words in the same order, whatever stands between them. */
export function isSameWording(one, other) {
  return keys(one).join(" ") === keys(other).join(" ");
}

/** A wording as nodes; the words that the other lacks at that place are marked. */
export function wording(text, other) {
  const kept = inCommon(keys(text), keys(other));
  const nodes = [];
  let [differs, after, at] = ["", "", 0];
  const close = () => {
    if (differs) nodes.push(el("mark", { class: "differs" }, differs));
    nodes.push(after);
    [differs, after] = ["", ""];
  };
  for (const part of text.match(PARTS) ?? []) {
    if (!IS_WORD.test(part)) after += part;
    else if (kept[at++]) {
      close();
      nodes.push(part);
    } else {
      if (!differs) close();
      differs += after + part;
      after = "";
    }
  }
  close();
  return nodes.filter((node) => node !== "");
}

/** How many words stand in both, in the same order. */
export function shared(one, other) {
  const kept = inCommon(keys(one), keys(other));
  return { same: kept.filter(Boolean).length, own: kept.length, of: Math.max(kept.length, keys(other).length) };
}

/** Two wordings, each below its head, in columns. */
export function sideBySide(left, right) {
  const alike = shared(left.text, right.text);
  const isMarked = alike.same >= LEAST_SHARED * alike.of;
  const worded = (side, other) => (isMarked ? wording(side.text, other.text) : [side.text]);
  const column = (side, other) => el("div", { class: "wording" }, side.head, el("blockquote", {}, ...worded(side, other)));
  const note = `${alike.same} of ${alike.of} words the same${isMarked ? "; the others are marked" : ""}.`;
  return el("div", { class: "pair" }, column(left, right), column(right, left), el("p", { class: "soft" }, note));
}

function keys(text) {
  return (text.match(PARTS) ?? []).filter((part) => IS_WORD.test(part)).map((word) => word.toLowerCase().replaceAll("’", "'"));
}

/** For each word of the first, whether it belongs to the longest sequence that both have. */
function inCommon(one, other) {
  if (one.length > MOST_WORDS || other.length > MOST_WORDS) return one.map(() => one.join(" ") === other.join(" "));
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const [here, below, beside] = [i * width + j, (i + 1) * width + j, i * width + j + 1];
      longest[here] = one[i] === other[j] ? longest[below + 1] + 1 : Math.max(longest[below], longest[beside]);
    }
  }
  const kept = one.map(() => false);
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) {
      kept[i++] = true;
      j++;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i++;
    else j++;
  }
  return kept;
}
