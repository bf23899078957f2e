/** Puts the page together: the feed, the filters in the address, map, timeline, list and incident page. */

import { Feed } from './feed.js';
import * as filters from './filters.js';
import * as incidentPage from './incident.js';
import { List } from './list.js';
import { IncidentMap } from './map.js';
import * as timeline from './timeline.js';
import { language, speak, word } from './words.js';

const part = (id) => document.getElementById(id);
const PAGE = /^\/incidents\/([^/]+)$/;

const address = (id) => `/incidents/${encodeURIComponent(id)}${location.search}`;
const wanted = () => { const found = PAGE.exec(location.pathname); return found ? decodeURIComponent(found[1]) : null; };

speak(new URLSearchParams(location.search).get('ui') ?? 'en');

const open = (id) => { history.pushState({}, '', address(id)); render(); part('incident').focus(); };
let map = new IncidentMap(part('map'), { onopen: open });
const list = new List(part('list'), address);
const feed = new Feed({ onchange: render, onstatus: status });
let revisions = { id: null, revision: null, values: [] };

function status(name) {
  part('status').textContent = word(name);
  part('status').dataset.status = name;
}

function sorted(records) {
  const key = (record) => `${record.date?.start ?? ''} ${record.last_updated_at ?? ''} ${record.incident_id}`;
  return records.map((record) => [key(record), record]).sort((a, b) => (a[0] < b[0] ? 1 : -1)).map((pair) => pair[1]);
}

function render() {
  const id = wanted();
  part('browse').hidden = part('filters').hidden = id !== null;
  part('incident').hidden = id === null;
  if (id !== null) renderIncident(id);
  else renderAll();
}

function renderAll() {
  const all = [...feed.incidents.values()];
  const chosen = filters.read();
  const shown = sorted(all.filter((record) => filters.passes(record, chosen)));
  const undated = all.filter((record) => filters.passes(record, { ...chosen, since: '', until: '' }));
  filters.draw(part('filters'), all, chosen, choose);
  part('count').textContent = word(all.length < feed.limit ? 'shown' : 'shownOfNewest', shown.length, all.length);
  part('csv').href = filters.feedAddress('/incidents.csv', chosen);
  part('geojson').href = filters.feedAddress('/incidents.geojson', chosen);
  map.show(shown);
  timeline.draw(part('timeline'), undated, chosen, (since, until) => choose({ ...chosen, since, until }));
  list.show(shown, { loading: !feed.ready, all: all.length });
}

function renderIncident(id) {
  const back = `/${location.search}`;
  const record = feed.incidents.get(id);
  if (!record) {
    if (feed.ready) absent(id, back);
    else incidentPage.missing(part('incident'), 'loading', back);
    return;
  }
  document.title = record.title;
  if (revisions.id !== id || revisions.revision !== record.revision) remember(id, record.revision);
  incidentPage.draw(part('incident'), record, revisions.id === id ? revisions.values : [], back);
}

async function absent(id, back) {
  const answer = await fetch(`/incidents/${encodeURIComponent(id)}.json`);
  const body = answer.status === 404 ? {} : await answer.json();
  if (body.merged_into) {
    history.replaceState({}, '', address(body.merged_into));
    render();
  } else incidentPage.missing(part('incident'), answer.status === 410 ? 'withdrawn' : 'unknown', back);
}

async function remember(id, revision) {
  revisions = { id, revision, values: revisions.id === id ? revisions.values : [] };
  const answer = await fetch(`/incidents/${encodeURIComponent(id)}.json`);
  if (!answer.ok) return;
  revisions.values = (await answer.json()).revisions ?? [];
  if (wanted() === id) render();
}

function choose(chosen) {
  filters.write(chosen);
  render();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="/incidents/"], a.back');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute('download')) return;
  event.preventDefault();
  history.pushState({}, '', link.getAttribute('href'));
  render();
  (wanted() === null ? part('list') : part('incident')).focus();
});
window.addEventListener('popstate', render);
part('language').addEventListener('click', () => {
  const parameters = new URLSearchParams(location.search);
  parameters.set('ui', language() === 'ar' ? 'en' : 'ar');
  history.replaceState({}, '', `${location.pathname}?${parameters}`);
  speak(parameters.get('ui'));
  map = new IncidentMap(part('map'), { onopen: open });
  status(part('status').dataset.status ?? 'loading');
  render();
});

status('loading');
render();
