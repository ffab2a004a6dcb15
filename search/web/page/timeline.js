// When somebody said something: a chart of statements by day, week, month or year.

import { count, el, svg } from "./text.js";

const DAY = 86_400_000;
const KINDS = ["direct", "mixed", "indirect"];
const MOST_BARS = 48;
const HEIGHT = 150;
const [TOP, BOTTOM, LEFT] = [10, 26, 28];
const UNITS = [
  { name: "day", days: 1, label: { day: "numeric", month: "long", year: "numeric" } },
  { name: "week", days: 7, label: { day: "numeric", month: "long", year: "numeric" } },
  { name: "month", days: 30, label: { month: "long", year: "numeric" } },
  { name: "year", days: 365, label: { year: "numeric" } },
];

/** Draw statements (kind, date) as stacked bars; `link(after, before)` is where a bar leads. */
export function timeline(statements, link, width) {
  const dated = statements.filter((one) => one.document.published);
  if (!dated.length) return null;
  const bars = bucketed(dated);
  const undated = statements.length - dated.length;
  const caption = el(
    "figcaption", {}, `Statements by ${bars.unit.name}`, undated ? `, without ${count(undated, "statement")} that has no date` : "",
    el("span", { class: "legend" }, ...KINDS.filter((kind) => dated.some((one) => one.kind === kind)).map(legend)),
  );
  return el("figure", { class: "timeline" }, caption, drawing(bars, link, Math.max(width, 280)));
}

function legend(kind) {
  const swatch = svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("rect", { class: kind, width: 12, height: 12 }));
  return el("span", {}, swatch, ` ${kind}`);
}

function bucketed(dated) {
  const days = dated.map((one) => Date.parse(one.document.published) / DAY);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const unit = UNITS.find((one) => (last - first) / one.days < MOST_BARS) ?? UNITS.at(-1);
  const buckets = [];
  for (let start = begin(first, unit.name); start <= last; start = next(start, unit.name)) {
    const end = next(start, unit.name);
    const within = dated.filter((_, i) => start <= days[i] && days[i] < end);
    buckets.push({ start, end, counts: KINDS.map((kind) => within.filter((one) => one.kind === kind).length), total: within.length });
  }
  return { unit, buckets };
}

/** The first day of the unit that holds a day; days are counted from 1970. */
function begin(day, unit) {
  const date = new Date(day * DAY);
  if (unit === "week") return day - ((date.getUTCDay() + 6) % 7);
  if (unit === "month") return utc(date.getUTCFullYear(), date.getUTCMonth());
  return unit === "year" ? utc(date.getUTCFullYear(), 0) : day;
}

function next(start, unit) {
  const date = new Date(start * DAY);
  if (unit === "month") return utc(date.getUTCFullYear(), date.getUTCMonth() + 1);
  if (unit === "year") return utc(date.getUTCFullYear() + 1, 0);
  return start + (unit === "week" ? 7 : 1);
}

function utc(year, month) {
  return new Date(0).setUTCFullYear(year, month, 1) / DAY;
}

function drawing({ unit, buckets }, link, width) {
  const most = Math.max(...buckets.map((one) => one.total));
  const step = Math.min((width - LEFT) / buckets.length, 60);
  const scale = (HEIGHT - TOP - BOTTOM) / most;
  const floor = HEIGHT - BOTTOM;
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": `Statements by ${unit.name}` });
  drawn.append(
    svg("line", { class: "axis", x1: LEFT, x2: width, y1: floor, y2: floor }),
    svg("line", { class: "grid", x1: LEFT, x2: width, y1: TOP, y2: TOP }),
    svg("text", { x: LEFT - 6, y: TOP + 4, "text-anchor": "end" }, String(most)),
    svg("text", { x: LEFT - 6, y: floor + 4, "text-anchor": "end" }, "0"),
    ...ticks(unit, buckets, step),
  );
  buckets.forEach((one, i) => one.total && drawn.append(bar(one, LEFT + i * step, step, { unit, scale, floor, link })));
  return drawn;
}

function bar(bucket, x, step, { unit, scale, floor, link }) {
  const [after, before] = [isoDay(bucket.start), isoDay(bucket.end - 1)];
  const told = `${unit.name === "week" ? "Week of " : ""}${worded(bucket.start, unit)}: ${count(bucket.total, "statement")}`;
  const made = svg("a", { href: link(after, before), "data-view": "", "aria-label": told }, svg("title", {}, told));
  made.append(svg("rect", { class: "hit", x, y: TOP, width: step, height: floor - TOP }));
  const gap = Math.min(step * 0.15, 4);
  let top = floor;
  bucket.counts.forEach((number, i) => {
    top -= number * scale;
    if (number) made.append(svg("rect", { class: KINDS[i], x: x + gap, y: top, width: step - 2 * gap, height: number * scale }));
  });
  return made;
}

/** The dates of the first and the last bar, where both fit. */
function ticks(unit, buckets, step) {
  const y = HEIGHT - 6;
  const first = svg("text", { x: LEFT, y }, worded(buckets[0].start, unit, "short"));
  if (buckets.length * step < 200) return [first];
  const end = LEFT + buckets.length * step;
  return [first, svg("text", { x: end, y, "text-anchor": "end" }, worded(buckets.at(-1).start, unit, "short"))];
}

function worded(day, unit, month = "long") {
  const form = unit.label.month ? { ...unit.label, month } : unit.label;
  return new Intl.DateTimeFormat("en-GB", { ...form, timeZone: "UTC" }).format(day * DAY);
}

function isoDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
