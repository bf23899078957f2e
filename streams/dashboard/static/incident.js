/** The page of one incident: fields, how the toll went, evidence in its own words, what changed. */

import { html, svg } from './element.js';
import { toll } from './list.js';
import { day, moment, word } from './words.js';

const percent = (value) => (value === undefined ? '' : `${Math.round(value * 100)} %`);

function field(name, ...content) {
  const kept = content.flat().filter(Boolean);
  return kept.length ? html('div', { class: 'field' }, html('dt', {}, word(name)), html('dd', {}, kept)) : null;
}

function when(date) {
  if (!date) return word('unstated');
  const days = date.start === date.end ? day(date.start) : `${day(date.start)} – ${day(date.end)}`;
  return `${days} (${word(`time${date.time_precision}`)})`;
}

function names(thing) {
  const own = thing.native_name && thing.native_name !== thing.name;
  return [html('bdi', {}, thing.name), own ? [' ', html('bdi', { class: 'native', dir: 'auto' }, thing.native_name)] : null];
}

function where(place) {
  if (!place) return [word('unstated')];
  const precision = place.precision ? ` (${word(`precision${place.precision}`)})` : '';
  return [...names(place), html('span', { class: 'quiet' }, ` ${[place.admin1_name, place.country_code].filter(Boolean).join(', ')}${precision}`)];
}

function actor(one) {
  const claim = one.claim ? [one.claim.confidence, one.claim.channel].filter(Boolean).join(', ') : '';
  return html('li', {}, html('span', { class: 'badge' }, word(one.role)), ' ', names(one),
    claim ? html('span', { class: 'quiet' }, ` (${claim})`) : null);
}

/** A small chart of a toll over its reports; a table of the same stands beneath. */
function chart(history) {
  const killed = history.filter((entry) => entry.harm === 'killed' && !entry.of && entry.best !== undefined);
  if (!killed.length) return null;
  const highest = Math.max(...killed.map((entry) => entry.best), 1);
  const x = (index) => 20 + (index * 360) / Math.max(1, killed.length - 1);
  const y = (value) => 70 - (value / highest) * 55;
  const line = killed.map((entry, index) => `${index ? `H${x(index)}V${y(entry.best)}` : `M${x(0)},${y(entry.best)}`}`).join('');
  return html('figure', {},
    svg('svg', { viewBox: '0 0 400 84', class: 'chart', role: 'img', 'aria-label': `${word('tollHistory')}: ${killed.map((entry) => entry.best).join(', ')}` },
      svg('path', { d: line, class: 'line' }),
      killed.map((entry, index) => [svg('circle', { cx: x(index), cy: y(entry.best), r: 3.5 }),
        svg('text', { x: x(index), y: y(entry.best) - 6, 'text-anchor': 'middle' }, String(entry.best))])),
    html('ol', { class: 'history' }, history.map((entry) => html('li', {},
      entry.reported_at ? html('time', { datetime: entry.reported_at }, moment(entry.reported_at)) : null, ` ${toll(entry)} `,
      html('span', { class: 'quiet' }, entry.article_id)))));
}

const HARMS = ['killed', 'injured', 'missing', 'abducted', 'detained', 'displaced'];

/** Tolls, the dead first. */
const byHarm = (casualties) => [...casualties].sort((a, b) => HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm));

/** Pieces of the same words as one, with all that they support. */
function together(pieces) {
  const same = new Map();
  for (const piece of pieces) {
    const key = `${piece.article_id} ${piece.field} ${piece.start} ${piece.end}`;
    if (!same.has(key)) same.set(key, { ...piece, fields: [] });
    const one = same.get(key);
    one.context ??= piece.context;
    one.context_start ??= piece.context_start;
    if (!one.fields.includes(piece.supports)) one.fields.push(piece.supports);
  }
  return [...same.values()];
}

/** A piece of evidence: the sentence in its own language with the words that count marked. */
function evidence(piece) {
  const context = piece.context ?? piece.text;
  const from = piece.context ? piece.start - piece.context_start : 0;
  const letters = [...context];
  const to = from + (piece.end - piece.start);
  const voice = [word(piece.segment_kind === 'title' ? 'title_kind' : piece.segment_kind), piece.speaker].filter(Boolean);
  return html('li', { class: 'evidence' },
    html('blockquote', { lang: piece.language, dir: 'auto' },
      letters.slice(0, from).join(''), html('mark', {}, letters.slice(from, to).join('')), letters.slice(to).join('')),
    html('p', { class: 'quiet' },
      html('code', {}, piece.fields.join(', ')), ' · ', voice.map((one, index) => [index ? ' · ' : '', html('bdi', {}, one)]), ' · ',
      html('span', { class: piece.needs_translation ? 'badge translate' : 'badge' },
        `${piece.language}: ${word(piece.needs_translation ? 'needsTranslation' : 'understood')}`),
      ' · ', html('bdi', {}, piece.article_id), ' · ', html('code', {}, piece.rule)));
}

function article(one) {
  const safe = /^https?:\/\//i.test(one.url ?? '');
  const label = html('bdi', { lang: one.language, dir: 'auto' }, one.title ?? one.url ?? one.article_id);
  return html('li', {}, safe ? html('a', { href: one.url, rel: 'noopener noreferrer nofollow', target: '_blank' }, label) : label,
    html('span', { class: 'quiet' }, ` ${[one.source, one.published_at ? moment(one.published_at) : ''].filter(Boolean).join(' · ')}`));
}

function revision(one) {
  return html('li', {}, html('strong', {}, `${word('revision')} ${one.revision}`), ` ${one.status} `,
    one.last_updated_at ? html('time', { datetime: one.last_updated_at }, moment(one.last_updated_at)) : null,
    html('span', { class: 'quiet' }, ` ${(one.changed_fields ?? []).join(', ')}`));
}

function section(title, items, list = 'ul') {
  const kept = items.filter(Boolean);
  return kept.length ? html('section', {}, html('h2', {}, word(title)), html(list, {}, kept)) : null;
}

/** Draw the page of `record`; `revisions` may come later; `back` is the address to return to. */
export function draw(host, record, revisions, back) {
  const parts = Object.entries(record.confidence ?? {}).map(([name, value]) => `${name} ${percent(value)}`);
  host.replaceChildren(...[
    html('p', {}, html('a', { href: back, class: 'back' }, word('back'))),
    html('h1', {}, html('bdi', {}, record.title)),
    html('p', { class: 'quiet' }, `${record.event_type} · ${record.sub_event_type} · ${word(record.realis)} · ${word('revision')} ${record.revision} · ${word('independent', record.source_count ?? 1)}`),
    html('dl', {},
      field('when', when(record.date)),
      field('where', where(record.place)),
      field('otherPlaces', (record.other_places ?? []).map((place, index) => [index ? ', ' : '', html('bdi', {}, place.name)])),
      field('toll', byHarm(record.casualties ?? []).map((casualty) => html('div', {}, toll(casualty)))),
      field('who', record.actors?.length ? html('ul', {}, record.actors.map(actor)) : null),
      field('means', (record.weapons ?? []).map((weapon) => html('div', {}, html('bdi', {}, weapon.name)))),
      field('stage', record.stage),
      field('confidence', parts.join(' · '))),
    record.casualty_history?.length ? html('section', {}, html('h2', {}, word('tollHistory')), chart(record.casualty_history)) : null,
    section('conflicts', (record.conflicts ?? []).map((one) => html('li', {}, html('code', {}, one.field), ' ', html('bdi', {}, one.values.join(' / '))))),
    section('evidence', together(record.evidence ?? []).map(evidence)),
    section('sources', (record.articles ?? []).map(article)),
    section('revisions', revisions.map(revision), 'ol'),
  ].filter(Boolean));
}

/** Draw what is said of an incident that is not there. */
export function missing(host, key, back) {
  host.replaceChildren(html('p', {}, html('a', { href: back, class: 'back' }, word('back'))), html('p', { class: 'empty' }, word(key)));
}
