/** The map: countries, incidents as points, clusters where they crowd; pan, zoom, keyboard. */

import { html, svg } from './element.js';
import { word } from './words.js';

const CELL = 42;
const LARGEST = 4096;
const STEP = 60;
/** Closest view that the map opens with: a country and its neighbours. */
const OPENING = 12;

/** Colour class of an incident by ACLED event type. */
export const kind = (record) => `kind-${(record.event_type ?? '').split(/[^A-Za-z]/)[0].toLowerCase()}`;

/** A map in `host`; `onopen(id)` is called for a point that is chosen. */
export class IncidentMap {
  constructor(host, { onopen }) {
    this.onopen = onopen;
    this.records = [];
    this.points = new Map();
    this.projection = d3.geoMercator().scale(152).translate([480, 300]);
    this.view = { k: 1, x: 0, y: 0 };
    this.countries = svg('g', { class: 'countries' });
    this.labels = svg('g', { class: 'labels', 'aria-hidden': 'true' });
    this.markers = svg('g', { class: 'markers' });
    this.picture = svg('svg', { viewBox: '0 0 960 560', tabindex: '0', role: 'group', 'aria-label': word('map') },
      this.countries, this.labels, this.markers);
    const button = (text, label, action) =>
      html('button', { type: 'button', 'aria-label': word(label), title: word(label), onclick: action }, text);
    host.replaceChildren(this.picture, html('div', { class: 'zoom' },
      button('+', 'zoomIn', () => this.zoom(2)), button('−', 'zoomOut', () => this.zoom(0.5)),
      button('◯', 'world', () => this.fit(this.records))));
    this.listen();
    this.drawn = this.outline();
  }

  async outline() {
    const answer = await fetch('/static/vendor/countries-50m.json');
    const world = await answer.json();
    const path = d3.geoPath(this.projection);
    const shapes = topojson.feature(world, world.objects.countries).features;
    this.countries.replaceChildren(...shapes.map((shape) => svg('path', { d: path(shape) })));
    this.names = shapes.map((shape) => {
      const [[left, top], [right, bottom]] = path.bounds(shape);
      return { name: shape.properties.name, at: path.centroid(shape), size: Math.min(right - left, bottom - top) };
    });
    this.cluster();
  }

  /** Show these incidents; the first time the map moves to where they are. */
  show(records) {
    this.records = records.filter((record) => record.place?.latitude !== undefined);
    for (const record of this.records) {
      const key = `${record.place.longitude},${record.place.latitude}`;
      if (!this.points.has(key)) this.points.set(key, this.projection([record.place.longitude, record.place.latitude]));
    }
    if (!this.fitted && this.records.length) {
      this.fitted = true;
      this.fit(this.records, OPENING);
    } else this.cluster();
  }

  point(record) {
    return this.points.get(`${record.place.longitude},${record.place.latitude}`);
  }

  cluster() {
    const cells = new Map();
    for (const record of this.records) {
      const [x, y] = this.point(record);
      const key = `${Math.floor((x * this.view.k) / CELL)}/${Math.floor((y * this.view.k) / CELL)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(record);
    }
    this.groups = [...cells.values()];
    this.markers.replaceChildren(...this.groups.map((group) => this.marker(group)));
    this.labels.replaceChildren(...this.legible().map(({ name, at }) => {
      const node = svg('text', {}, name);
      node.position = at;
      return node;
    }));
    this.place();
  }

  /** Countries large enough on the screen for their names. */
  legible() {
    return (this.names ?? []).filter(({ name, size }) => size * this.view.k > 7 * name.length);
  }

  marker(group) {
    const x = group.reduce((sum, record) => sum + this.point(record)[0], 0) / group.length;
    const y = group.reduce((sum, record) => sum + this.point(record)[1], 0) / group.length;
    const single = group.length === 1;
    const label = single ? group[0].title : word('cluster', group.length);
    const act = () => (single || this.view.k >= LARGEST ? this.onopen(group[0].incident_id) : this.fit(group));
    const node = svg('g', {
      class: `marker ${single ? kind(group[0]) : 'cluster'}`, tabindex: '0', role: 'button', 'aria-label': label,
      'data-incident': single ? group[0].incident_id : null,
      onclick: act,
      onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); act(); } },
    }, svg('title', {}, label), svg('circle', { r: single ? 6 : 9 + Math.min(14, 3 * Math.log2(group.length)) }),
    single ? null : svg('text', { dy: '0.35em' }, String(group.length)));
    node.position = [x, y];
    return node;
  }

  /** Put everything where the view says; no shape is made anew, so that panning stays smooth. */
  place() {
    const { k, x, y } = this.view;
    this.countries.setAttribute('transform', `translate(${x} ${y}) scale(${k})`);
    this.countries.style.strokeWidth = `${0.6 / k}px`;
    for (const node of [...this.labels.children, ...this.markers.children]) {
      const [px, py] = node.position;
      node.setAttribute('transform', `translate(${px * k + x} ${py * k + y})`);
    }
  }

  fit(records, most = LARGEST) {
    if (!records.length) return this.move({ k: 1, x: 0, y: 0 });
    const xs = records.map((record) => this.point(record)[0]);
    const ys = records.map((record) => this.point(record)[1]);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const k = Math.min(most, Math.max(1, Math.min(760 / (right - left + 1), 400 / (bottom - top + 1))));
    return this.move({ k, x: 480 - (k * (left + right)) / 2, y: 280 - (k * (top + bottom)) / 2 });
  }

  zoom(factor, [cx, cy] = [480, 280]) {
    const k = Math.min(LARGEST, Math.max(0.7, this.view.k * factor));
    const ratio = k / this.view.k;
    this.move({ k, x: cx - (cx - this.view.x) * ratio, y: cy - (cy - this.view.y) * ratio });
  }

  move(view) {
    const zoomed = view.k !== this.view.k;
    this.view = view;
    if (zoomed || !this.groups) this.cluster();
    else this.place();
  }

  pan(dx, dy) {
    this.move({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
  }

  at(event) {
    const box = this.picture.getBoundingClientRect();
    return [((event.clientX - box.left) * 960) / box.width, ((event.clientY - box.top) * 560) / box.height];
  }

  listen() {
    let from = null;
    this.picture.addEventListener('pointerdown', (event) => { from = this.at(event); });
    window.addEventListener('pointerup', () => { from = null; });
    this.picture.addEventListener('pointermove', (event) => {
      if (!from) return;
      const to = this.at(event);
      this.pan(to[0] - from[0], to[1] - from[1]);
      from = to;
    });
    this.picture.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(2 ** (-event.deltaY / 300), this.at(event));
    }, { passive: false });
    const keys = {
      ArrowLeft: () => this.pan(STEP, 0), ArrowRight: () => this.pan(-STEP, 0),
      ArrowUp: () => this.pan(0, STEP), ArrowDown: () => this.pan(0, -STEP),
      '+': () => this.zoom(2), '=': () => this.zoom(2), '-': () => this.zoom(0.5), 0: () => this.fit(this.records),
    };
    this.picture.addEventListener('keydown', (event) => {
      if (event.key in keys) {
        event.preventDefault();
        keys[event.key]();
      }
    });
  }
}
