/** Filters: kept in the address, so that a view can be sent to somebody. */

import { html } from './element.js';
import { word } from './words.js';

const NAMES = ['type', 'actor', 'place', 'language', 'since', 'until', 'translate', 'realis'];

/** The filters that the address holds. */
export function read() {
  const parameters = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? '']));
}

/** Write the filters into the address without a new entry in the history. */
export function write(filters) {
  const parameters = new URLSearchParams(location.search);
  for (const name of NAMES) {
    if (filters[name]) parameters.set(name, filters[name]);
    else parameters.delete(name);
  }
  const query = parameters.toString();
  history.replaceState(history.state, '', location.pathname + (query ? `?${query}` : ''));
}

/** The address of the same incidents in another format, with the filters that the feeds know. */
export function feedAddress(path, filters) {
  const known = { type: 'type', actor: 'actor', language: 'language', since: 'since', until: 'until', realis: 'realis' };
  const parameters = new URLSearchParams();
  for (const [name, parameter] of Object.entries(known)) if (filters[name]) parameters.set(parameter, filters[name]);
  if (filters.translate) parameters.set('needs-translation', filters.translate === 'yes' ? 'true' : 'false');
  const query = parameters.toString();
  return path + (query ? `?${query}` : '');
}

const fold = (text) => (text ?? '').normalize('NFKD').replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, '').toLowerCase();

/** Whether any of an incident's evidence needs translating. */
export const needsTranslation = (record) => (record.evidence ?? []).some((piece) => piece.needs_translation);

/** Whether an incident passes the filters. */
export function passes(record, filters) {
  const names = (record.actors ?? []).flatMap((actor) => [actor.name, actor.native_name]);
  const places = [record.place, ...(record.other_places ?? [])].filter(Boolean);
  const words = places.flatMap((place) => [place.name, place.native_name, place.admin1_name, place.country_code]);
  const languages = (record.articles ?? []).map((article) => article.language);
  return (
    (!filters.type || record.event_type === filters.type || record.sub_event_type === filters.type) &&
    (!filters.actor || names.some((name) => fold(name).includes(fold(filters.actor)))) &&
    (!filters.place || words.some((name) => fold(name).includes(fold(filters.place)))) &&
    (!filters.language || languages.includes(filters.language)) &&
    (!filters.realis || record.realis === filters.realis) &&
    (!filters.since || (record.date?.end ?? '') >= filters.since) &&
    (!filters.until || (record.date?.start ?? '9999') <= filters.until) &&
    (!filters.translate || needsTranslation(record) === (filters.translate === 'yes'))
  );
}

function choices(records, values) {
  return [...new Set(records.flatMap(values).filter(Boolean))].sort();
}

/** Draw the form; `onchange` gets the filters whenever one changes. */
export function draw(form, records, filters, onchange) {
  const change = (name) => (event) => onchange({ ...read(), [name]: event.target.value });
  const select = (name, label, options) =>
    html('label', {}, html('span', {}, word(label)),
      html('select', { name, onchange: change(name) },
        html('option', { value: '' }, word('any')),
        options.map(([value, text]) => html('option', { value, selected: filters[name] === value }, text))));
  const input = (name, label, type) =>
    html('label', {}, html('span', {}, word(label)),
      html('input', { name, type, value: filters[name], dir: type === 'date' ? null : 'auto', onchange: change(name) }));
  const types = choices(records, (record) => [record.event_type, record.sub_event_type]);
  const languages = choices(records, (record) => (record.articles ?? []).map((article) => article.language));
  const held = document.activeElement?.name;
  form.replaceChildren(
    select('type', 'type', types.map((type) => [type, type])),
    input('actor', 'actor', 'search'),
    input('place', 'place', 'search'),
    select('language', 'article', languages.map((language) => [language, language])),
    input('since', 'since', 'date'),
    input('until', 'until', 'date'),
    select('translate', 'translate', [['yes', word('yes')], ['no', word('no')]]),
    select('realis', 'realis', ['actual', 'historical', 'hypothetical', 'denied'].map((r) => [r, word(r)])),
    html('button', { type: 'button', onclick: () => onchange({}) }, word('reset')),
  );
  if (held) form.elements[held]?.focus();
}
