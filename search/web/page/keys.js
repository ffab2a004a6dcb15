// The keyboard. Letters are for where nobody types, and can be switched off: some people speak to their
// computer, and every word is letters.

const main = document.getElementById("main");
const box = document.getElementById("q");
const letters = document.getElementById("letters");
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The number of the result that has the focus, or -1. */
export function currentStop() {
  return stops().indexOf(document.activeElement?.closest(".stop"));
}

/** Move the focus to a result. */
export function focusStop(number) {
  const all = stops();
  const stop = all[Math.max(0, Math.min(number, all.length - 1))];
  stop?.focus();
  stop?.scrollIntoView({ block: "nearest" });
  return Boolean(stop);
}

/** Listen; `leave` is what Escape does. */
export function listen(leave) {
  letters.checked = localStorage.getItem("letters") !== "off";
  letters.addEventListener("change", () => localStorage.setItem("letters", letters.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") escape(event, leave);
    else if (press(event)) event.preventDefault();
  });
}

function stops() {
  return [...main.querySelectorAll(".stop")];
}

function isTyping(target) {
  return target.matches?.("input:not([type=checkbox]), select, textarea") ?? false;
}

/** Do what a key is for; whether it was for anything. */
function press({ key, target }) {
  if (isTyping(target)) return target === box && key === "ArrowDown" && focusStop(0);
  if (key === "Enter") return target.matches(".stop") && open(target);
  const isLetter = key.length === 1;
  if (isLetter && !letters.checked) return false;
  // Arrows scroll, as everywhere, until a result has the focus.
  if (key in STEPS && (isLetter || target.matches(".stop"))) return step(STEPS[key]);
  if (key === "/") return focusBox();
  if (key === "c") return click(target.closest(".stop")?.querySelector(".copy-citation") ?? main.querySelector(".copies .copy-citation"));
  return key === "?" && focusHelp();
}

function step(by) {
  const at = currentStop();
  if (at === 0 && by < 0) return focusBox();
  return focusStop(at < 0 ? 0 : at + by);
}

function open(stop) {
  return click(stop.querySelector("a.open"));
}

function click(element) {
  element?.click();
  return Boolean(element);
}

function focusBox() {
  box.focus();
  box.select();
  return true;
}

function focusHelp() {
  document.getElementById("keys").focus();
  return true;
}

/** Out of a field first, then back to the view before. */
function escape(event, leave) {
  if (!isTyping(event.target)) leave();
  else if (!event.target.value || event.target.type !== "search") main.focus();
}
