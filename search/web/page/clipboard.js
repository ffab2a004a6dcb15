// What is copied: citations, links.

import { absolute, placeLink } from "./link.js";
import { button, el } from "./text.js";

const status = document.getElementById("status");

/** A citation to paste: the words, who said them, the source, its address, and where in it they stand. */
export function citation(place, speaker, generation) {
  const ref = place.document;
  const said = [speaker, ref.title, ref.author && `By ${ref.author}`, [ref.source, ref.published].filter(Boolean).join(", ")];
  const page = typeof place.page === "number" ? `page ${place.page}, ` : "";
  return [
    place.text,
    said.filter(Boolean).map((part) => (/[.!?…]$/.test(part) ? part : part + ".")).join(" "),
    `${ref.uri}, ${page}characters ${place.start}–${place.end}`,
    absolute(placeLink(ref, place, generation)),
  ].join("\n");
}

/** The two things that can be copied of a place: a citation, and a link. */
export function copyButtons(place, speaker, generation) {
  const link = () => absolute(placeLink(place.document, place, generation));
  return el(
    "div", { class: "copies" },
    button("Copy citation", (made) => copy(citation(place, speaker, generation), "Citation", made), { class: "small copy-citation" }),
    button("Copy link", (made) => copy(link(), "Link", made), { class: "small" }),
  );
}

async function copy(text, name, beside) {
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  if (isCopied) {
    status.textContent = `${name} copied.`;
    return;
  }
  // Without https, or the right, a browser offers no clipboard: then it is for the reader to copy.
  const box = el("textarea", { readonly: "", rows: "5", "aria-label": `${name}, to be copied by hand` });
  box.value = text;
  beside.parentElement.querySelector("textarea")?.remove();
  beside.parentElement.append(box);
  box.select();
  status.textContent = `${name} selected: copy it with Ctrl-C.`;
}
