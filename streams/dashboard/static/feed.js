/** Keeps all incidents up to date from the event stream and tells listeners of changes. */

const STALE_MILLISECONDS = 45_000;

/** Incidents by id; `onchange` is called at most once a frame, `onstatus` with live, stale or disconnected. */
export class Feed {
  constructor({ onchange, onstatus }) {
    this.incidents = new Map();
    this.ready = false;
    this.limit = Infinity;
    this.onchange = onchange;
    this.onstatus = onstatus;
    this.heard = Date.now();
    this.pending = false;
    this.connect();
    setInterval(() => this.check(), 5000);
  }

  connect() {
    this.source = new EventSource('/events');
    this.source.addEventListener('incident', (event) => {
      const record = JSON.parse(event.data);
      this.incidents.set(record.incident_id, record);
      this.changed();
    });
    this.source.addEventListener('withdrawn', (event) => {
      this.incidents.delete(JSON.parse(event.data).incident_id);
      this.changed();
    });
    this.source.addEventListener('left', (event) => {
      this.incidents.delete(JSON.parse(event.data).incident_id);
      this.changed();
    });
    this.source.addEventListener('ready', (event) => {
      this.limit = JSON.parse(event.data).limit;
      if (this.incidents.size > this.limit) {
        this.restart(); // some left while nobody listened
        return;
      }
      this.ready = true;
      this.changed();
      this.onstatus('live');
    });
    this.source.addEventListener('alive', () => this.hear());
    this.source.addEventListener('error', () => this.onstatus('disconnected'));
    this.source.addEventListener('open', () => this.hear());
  }

  restart() {
    this.source.close();
    this.incidents.clear();
    this.connect();
  }

  hear() {
    this.heard = Date.now();
    if (this.ready) this.onstatus('live');
  }

  changed() {
    this.hear();
    if (this.pending) return;
    this.pending = true;
    setTimeout(() => {
      this.pending = false;
      this.onchange();
    }, 50);
  }

  check() {
    if (this.source.readyState === EventSource.CLOSED) {
      this.source.close();
      this.connect();
    } else if (this.source.readyState === EventSource.OPEN && Date.now() - this.heard > STALE_MILLISECONDS) {
      this.onstatus('stale');
    }
  }
}
