// The statements shown, as a table: the columns of `quoth statements --format csv`, and a link.

import { absolute, placeLink } from "./link.js";
import { button, words } from "./text.js";

const COLUMNS = [
  "id", "published", "speaker_id", "speaker", "mention", "mention_start", "mention_end", "relayed_by", "kind", "confidence",
  "said", "text", "start", "end", "spans", "cue", "cue_start", "cue_end", "document", "uri", "title", "source", "generation", "link",
];
// What spreadsheets would run as a formula: a document must not bring one in.
const FORMULA = /^[=+\-@\t\r]/;

/** Statements as CSV; lines end in CRLF, as RFC 4180 has it. */
export function csv(statements, generation) {
  const rows = statements.map((one) => row(one, generation));
  return [COLUMNS, ...rows].map((cells) => cells.map(cell).join(",") + "\r\n").join("");
}

/** A button that saves them as a file. */
export function csvButton(statements, generation) {
  return button("Save as CSV", () => {
    // The mark in front tells spreadsheets that it is UTF-8.
    const file = URL.createObjectURL(new Blob(["\ufeff", csv(statements, generation)], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = "statements.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 60_000);
  });
}

function row(one, generation) {
  const { speaker, document: ref } = one;
  return [
    one.id, ref.published, speaker?.id, speaker?.name, speaker?.mention, speaker?.mention_start, speaker?.mention_end,
    one.relayed_by, one.kind, one.confidence, words(one), one.text, one.start, one.end,
    one.spans.map(([start, end]) => `${start}-${end}`).join(" "), one.cue, one.cue_start, one.cue_end,
    ref.id, ref.uri, ref.title, ref.source, generation, absolute(placeLink(ref, one, generation)),
  ];
}

function cell(value) {
  if (value === null || value === undefined) return "";
  const shown = typeof value === "string" && FORMULA.test(value) ? "'" + value : String(value);
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
