/** The timeline: incidents a day as bars; dragging over them chooses days. */

import { html, svg } from './element.js';
import { day, word } from './words.js';

const WIDTH = 960;
const HEIGHT = 72;
const BARS = 120;
const DAY = 86_400_000;

const number = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (days) => new Date(days * DAY).toISOString().slice(0, 10);

function bins(records) {
  const days = records.filter((record) => record.date).map((record) => number(record.date.start));
  if (!days.length) return null;
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const size = Math.max(1, Math.ceil((last - first + 1) / BARS));
  const counts = new Array(Math.ceil((last - first + 1) / size)).fill(0);
  for (const value of days) counts[Math.floor((value - first) / size)] += 1;
  return { first, size, counts };
}

/** Draw the bars of `records`; `chosen` are the filters' days; `onchoose(since, until)` after a drag. */
export function draw(host, records, chosen, onchoose) {
  const found = bins(records);
  if (!found) {
    host.replaceChildren();
    return;
  }
  const { first, size, counts } = found;
  const width = WIDTH / counts.length;
  const highest = Math.max(...counts);
  const bar = (count, index) => {
    const from = iso(first + index * size);
    const until = iso(first + (index + 1) * size - 1);
    const inside = (!chosen.since || until >= chosen.since) && (!chosen.until || from <= chosen.until);
    const height = count ? Math.max(3, (count / highest) * (HEIGHT - 18)) : 0;
    return svg('rect', {
      x: index * width + width * 0.05, y: HEIGHT - 14 - height, width: Math.min(28, width * 0.9), height, class: inside ? 'bar' : 'bar outside',
    }, svg('title', {}, `${day(from)}${size > 1 ? ` – ${day(until)}` : ''}: ${count}`));
  };
  const last = first + counts.length * size - 1;
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${word('timeline')}: ${day(iso(first))} – ${day(iso(last))}` },
    counts.map(bar),
    svg('text', { x: 0, y: HEIGHT - 2 }, day(iso(first))),
    svg('text', { x: WIDTH, y: HEIGHT - 2, 'text-anchor': 'end' }, day(iso(last))));
  const at = (event) => {
    const box = picture.getBoundingClientRect();
    const index = Math.floor((((event.clientX - box.left) / box.width) * WIDTH) / width);
    return Math.max(0, Math.min(counts.length - 1, index));
  };
  let from = null;
  picture.addEventListener('pointerdown', (event) => { from = at(event); });
  picture.addEventListener('pointerup', (event) => {
    if (from === null) return;
    const [a, b] = [from, at(event)].sort((x, y) => x - y);
    from = null;
    onchoose(iso(first + a * size), iso(first + (b + 1) * size - 1));
  });
  host.replaceChildren(picture, html('p', { class: 'hint' }, word('brush')));
}
