// @ts-check
/**
 * Live sessions of Drawdown in a browser, without dependencies. A session lives over as many sockets as it takes: whatever
 * breaks, this client comes back with its token until the service says that the session is over.
 *
 *     const options = { url, token: () => token, kind: 'live_dubbing', storage: webStorage(sessionStorage) };
 *     const session = resume(options) ?? start(options);
 *     session.on('money', ({ balance }) => show(balance));
 *     const { kind, frame } = await session.done;
 *
 * The browser answers the pings of the service by itself. drawdown.d.ts says what can be given and heard, frames.d.ts (made from
 * the JSON Schemas) what frames hold.
 *
 * @import { ClientFrame, ServerFrame } from './frames.d.ts'
 * @import { Events, LastFrame, Money, Options, Outcome, State, TicketStore } from './drawdown.d.ts'
 *
 * Kept until the session is over. resume_token is accepted now; next_token will be once an attempt to come back is answered.
 * @typedef {{start: {kind: string, account?: string, start_key: string}, resume_token: string, next_token?: string,
 *     attempt: number, session_id?: string, ending?: boolean}} Ticket
 */

// Close codes. FINAL: 1000, and those of RFC 6455 for what one side will always do wrong. Any but 1000 leaves the session running.
const BROKEN = 1006;
const DETACHED = 4000;
const RATE_LIMITED = 4029;
const FINAL = [1000, 1002, 1003, 1007, 1008, 1009, 1010];

const FIRST_MILLIS = 250;
const LONGEST_MILLIS = 10_000;
const AFTER_RATE_LIMIT_MILLIS = 5_000;
// The first frame of a new socket must be answered within ANSWER; after a SILENCE the client asks whether the service is there.
const ANSWER_MILLIS = 10_000;
const SILENCE_MILLIS = 10_000;
const PROBE_MILLIS = 5_000;
const GIVE_UP_MILLIS = 600_000;

/** Starts a session. @param {Options} options */
export function start(options) {
  const host = options.host ?? globalThis;
  const start_key = options.startKey ?? secret(host.crypto);
  const start = { kind: options.kind ?? '', account: options.account, start_key };
  return new LiveSession(options, { start, resume_token: secret(host.crypto), attempt: 0 });
}

/** Goes on with the session whose ticket is stored; null if there is none. @param {Options} options */
export function resume(options) {
  const kept = options.storage?.get();
  return kept ? new LiveSession(options, JSON.parse(kept)) : null;
}

/** sessionStorage, which each tab has of its own, or localStorage. @param {Storage} area @returns {TicketStore} */
export function webStorage(area, key = 'drawdown.session') {
  return { get: () => area.getItem(key), set: ticket => area.setItem(key, ticket), remove: () => area.removeItem(key) };
}

/** @param {Uint8Array} bytes */
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

/** 256 random bits. @param {Crypto} crypto */
const secret = crypto => hex(crypto.getRandomValues(new Uint8Array(32)));

/**
 * One session, over one socket after the other. Nothing is heard of a socket but the one that it has now, and one timer runs,
 * which is due when an answer, a sign of life or the next try is. The ticket is stored before it is used.
 */
export class LiveSession {
  /** @type {Promise<Outcome>} */ done;
  /** @type {State} */ state = 'waiting';
  /** The newest. @type {Money | null} */ money = null;

  /** @type {Options} */ #options;
  /** @type {Ticket} */ #ticket;
  #host;
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {LastFrame | null} */ #last = null;
  /** @type {Map<string, Set<(event: any) => void>>} */ #listeners = new Map();
  /** @type {(outcome: Outcome) => void} */ #resolve = () => {};
  /** @type {any} */ #timer = null;
  #failures = 0;
  #retryAfterMillis = 0;
  #notBefore = 0;
  #since; // when it went live, or was lost
  #online = () => this.networkChanged();

  /** Made by start and resume. @param {Options} options @param {Ticket} ticket */
  constructor(options, ticket) {
    this.#options = options;
    this.#ticket = ticket;
    this.#host = options.host ?? globalThis;
    this.#since = this.#host.performance.now();
    this.done = new Promise(resolve => (this.#resolve = resolve));
    this.#host.addEventListener?.('online', this.#online);
    this.#options.storage?.set(JSON.stringify(ticket));
    this.#arm(0, () => this.#connect());
  }

  /** @template {keyof Events} T @param {T} type @param {(event: Events[T]) => void} listener */
  on(type, listener) {
    const all = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, all.add(listener));
    return () => all.delete(listener);
  }

  end() {
    if (this.state !== 'over') {
      this.#keep({ ending: true });
      this.#endIfWanted();
      this.networkChanged();
    }
    return this.done;
  }

  pause({ release = false } = {}) {
    if (this.state === 'live') this.#send({ type: 'pause', release });
  }

  unpause() {
    if (this.state === 'live') this.#send({ type: 'continue' });
  }

  detach() {
    this.#drop();
    this.#finish('detached', DETACHED);
  }

  networkChanged() {
    this.#failures = 0;
    const floor = Math.max(0, this.#notBefore - this.#host.performance.now());
    if (this.state === 'waiting') this.#arm(floor, () => this.#connect());
    if (this.state === 'live') this.#probe();
  }

  async #connect() {
    this.#enter('connecting');
    this.#retryAfterMillis = 0;
    this.#last = null;
    this.#arm(ANSWER_MILLIS, () => this.#lost(BROKEN));
    const attempt = this.#timer;
    /** @type {ClientFrame[] | void} */
    const ready = await Promise.all([this.#token(), this.#opening()]).catch(fault => this.#host.console?.error(fault));
    if (this.state !== 'connecting' || this.#timer !== attempt) return;
    if (!ready) return this.#lost(BROKEN);
    const socket = new this.#host.WebSocket(this.#options.url, 'drawdown.v1');
    this.#socket = socket;
    /** @param {(event: any) => void} action */
    const ifCurrent = action => (/** @type {any} */ event) => this.#socket === socket && action(event);
    socket.onopen = ifCurrent(() => ready.forEach(frame => this.#send(frame)));
    socket.onmessage = ifCurrent(event => this.#heard(event.data));
    socket.onclose = ifCurrent(event => this.#lost(event.code));
  }

  /** @returns {Promise<ClientFrame>} */
  async #token() {
    return { type: 'authenticate', token: await this.#options.token() };
  }

  /** The next token is named by its hash, and is the same until the client hears that it counts. @returns {Promise<ClientFrame>} */
  async #opening() {
    const { start, session_id, resume_token, next_token = secret(this.#host.crypto), attempt } = this.#ticket;
    if (!session_id) return { type: 'start', ...start, next_hash: await this.#hash(resume_token) };
    this.#keep({ next_token, attempt: attempt + 1 });
    return { type: 'resume', session_id, resume_token, next_hash: await this.#hash(next_token), attempt: attempt + 1 };
  }

  /** @param {string} token */
  async #hash(token) {
    const bytes = Uint8Array.from(token, letter => letter.charCodeAt(0));
    return hex(new Uint8Array(await this.#host.crypto.subtle.digest('SHA-256', bytes)));
  }

  /** @param {ClientFrame} frame */
  #send(frame) {
    this.#socket?.send(JSON.stringify(frame));
  }

  #endIfWanted() {
    if (this.#ticket.ending && this.state === 'live') this.#send({ type: 'end' });
  }

  /** @param {string} text */
  #heard(text) {
    /** @type {ServerFrame} */
    const frame = JSON.parse(text);
    const begins = frame.type === 'started' || frame.type === 'resumed';
    if ('retry_after' in frame) this.#retryAfterMillis = (frame.retry_after ?? 0) * 1_000;
    if (begins) {
      const { resume_token, next_token } = this.#ticket;
      const named = frame.type === 'resumed' && next_token ? next_token : resume_token;
      this.#keep({ session_id: frame.session_id, resume_token: named, next_token: undefined });
      this.#since = this.#host.performance.now();
      this.#enter('live');
    } else if (frame.type === 'ended' || frame.type === 'refused') {
      // An earlier start came to be, and this client was not told.
      if (frame.type === 'refused' && frame.session_id) this.#keep({ session_id: frame.session_id });
      this.#last = frame;
      this.#arm(PROBE_MILLIS, () => this.#lost(BROKEN));
    }
    if (this.state === 'live' && !this.#last) this.#arm(SILENCE_MILLIS, () => this.#probe());
    this.#tell(frame);
    if (begins) this.#endIfWanted();
  }

  /** @param {any} frame */
  #tell(frame) {
    const isMoney = frame.seq !== undefined && frame.balance !== undefined;
    const isOld = isMoney && this.money !== null && frame.seq < this.money.seq;
    if (isMoney && (this.money === null || frame.seq > this.money.seq)) {
      this.money = { seq: frame.seq, balance: frame.balance };
      this.#emit('money', this.money);
    }
    if (!isOld || frame.type !== 'balance') {
      this.#emit(frame.type, frame);
      this.#emit('frame', frame);
    }
  }

  #probe() {
    this.#send({ type: 'ping' });
    this.#arm(PROBE_MILLIS, () => this.#lost(BROKEN));
  }

  /** @param {number} code */
  #lost(code) {
    this.#drop();
    if (this.state === 'live') {
      const now = this.#host.performance.now();
      if (now - this.#since >= SILENCE_MILLIS) this.#failures = 0;
      this.#since = now;
    }
    const last = this.#last;
    if (last?.type === 'ended') {
      this.#finish('ended', code);
    } else if (last?.type === 'refused' && code >= 4000 && last.problem.type !== 'urn:drawdown:problem:rate-limited') {
      this.#finish('refused', code);
    } else if (FINAL.includes(code) || (code >= 4000 && code !== RATE_LIMITED)) {
      this.#finish('closed', code);
    } else {
      this.#later(code);
    }
  }

  /** Twice as long each time, and a random part of it: many clients do not come back at one moment. @param {number} code */
  #later(code) {
    const whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** this.#failures++);
    const atLeast = this.#retryAfterMillis || (code === RATE_LIMITED ? AFTER_RATE_LIMIT_MILLIS : 0);
    const delay = atLeast + Math.floor(whole / 2) + Math.floor(this.#host.Math.random() * (whole / 2));
    const now = this.#host.performance.now();
    this.#notBefore = now + atLeast;
    if (now - this.#since + delay > (this.#options.giveUpAfterMillis ?? GIVE_UP_MILLIS)) return this.#finish('lost', code);
    this.#enter('waiting');
    this.#arm(delay, () => this.#connect());
  }

  /** @param {Outcome['kind']} kind @param {number} code */
  #finish(kind, code) {
    if (this.state === 'over') return;
    this.#host.clearTimeout(this.#timer);
    this.#host.removeEventListener?.('online', this.#online);
    if (kind === 'ended' || kind === 'refused') this.#options.storage?.remove();
    this.#enter('over');
    this.#resolve({ kind, code, frame: this.#last });
  }

  /** Nothing is heard of the socket any more. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(DETACHED);
  }

  /** @param {Partial<Ticket>} more */
  #keep(more) {
    this.#ticket = { ...this.#ticket, ...more };
    this.#options.storage?.set(JSON.stringify(this.#ticket));
  }

  /** @param {State} next */
  #enter(next) {
    if (this.state === next) return;
    this.state = next;
    this.#emit('state', next);
  }

  /** @param {string} type @param {any} event */
  #emit(type, event) {
    for (const listener of this.#listeners.get(type) ?? []) {
      try {
        listener(event);
      } catch (fault) {
        this.#host.console?.error('A listener of a session failed', fault);
      }
    }
  }

  /** @param {number} millis @param {() => void} action */
  #arm(millis, action) {
    this.#host.clearTimeout(this.#timer);
    this.#timer = this.#host.setTimeout(action, millis);
  }
}
