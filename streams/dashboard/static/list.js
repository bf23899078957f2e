/** The list: the newest first, those without coordinates in a group of their own. */

import { html } from './element.js';
import { needsTranslation } from './filters.js';
import { kind } from './map.js';
import { day, word } from './words.js';

const PAGE = 100;

/** Words for a toll, e.g. "at least 12 killed". */
export function toll(casualty) {
  const value = casualty.best ?? casualty.min;
  if (value === undefined) return '';
  return [word(casualty.qualifier ?? ''), value, word(casualty.harm), casualty.of ? `(${casualty.of})` : ''].filter(Boolean).join(' ');
}

function row(record, address) {
  const place = record.place;
  return html('li', { class: kind(record) },
    html('a', { href: address(record.incident_id), 'data-incident': record.incident_id },
      html('span', { class: 'day' }, record.date ? day(record.date.start) : word('unstated')),
      html('strong', {}, html('bdi', {}, record.title)),
      html('span', { class: 'facts' },
        html('span', { class: 'badge' }, record.sub_event_type),
        place ? html('bdi', {}, place.native_name && place.native_name !== place.name ? `${place.name} · ${place.native_name}` : place.name) : null,
        needsTranslation(record) ? html('span', { class: 'badge translate' }, word('needsTranslation')) : null,
        html('span', { class: 'sources' }, word('independent', record.source_count ?? 1)))));
}

/** Draw the list; `address(id)` gives an incident's own address. */
export class List {
  constructor(host, address) {
    this.host = host;
    this.address = address;
    this.length = PAGE;
  }

  show(records, { loading, all }) {
    if (!records.length) {
      this.host.replaceChildren(html('p', { class: 'empty' }, word(loading ? 'loading' : all ? 'empty' : 'none')));
      return;
    }
    const located = records.filter((record) => record.place?.latitude !== undefined);
    const unlocated = records.filter((record) => record.place?.latitude === undefined);
    const items = (group) => html('ol', {}, group.slice(0, this.length).map((record) => row(record, this.address)));
    const more = Math.max(located.length, unlocated.length) > this.length;
    this.host.replaceChildren(...[
      located.length ? items(located) : null,
      unlocated.length ? html('h2', {}, word('unlocated')) : null,
      unlocated.length ? items(unlocated) : null,
      more ? html('button', { type: 'button', onclick: () => { this.length += PAGE; this.show(records, { loading, all }); } }, word('more')) : null,
    ].filter(Boolean));
  }
}
