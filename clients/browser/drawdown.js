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
 * @typedef {import('./frames.d.ts').ServerFrame} ServerFrame
 * @typedef {import('./frames.d.ts').ClientFrame} ClientFrame
 * @typedef {import('./drawdown.d.ts').LastFrame} LastFrame
 * @typedef {import('./drawdown.d.ts').State} State
 * @typedef {import('./drawdown.d.ts').Money} Money
 * @typedef {import('./drawdown.d.ts').Outcome} Outcome
 * @typedef {import('./drawdown.d.ts').Events} Events
 * @typedef {import('./drawdown.d.ts').Options} Options
 * @typedef {{start: {kind: string, account?: string, start_key: string}, session_id?: string, resume_token?: string,
 *     ending?: boolean}} Ticket
 */

const BROKEN = 1006;
const RATE_LIMITED = 4029;
/** Any but 1000 leaves the session running. */
const DETACHED = 4000;
/** 1000, and the codes of RFC 6455 for what one side will always do wrong. */
const FINAL = [1000, 1002, 1003, 1007, 1008, 1009, 1010];

const FIRST_MILLIS = 250;
const LONGEST_MILLIS = 10_000;
const AFTER_RATE_LIMIT_MILLIS = 5_000;
/** The first frame of a new socket must be answered within this time. */
const ANSWER_MILLIS = 10_000;
/** After so long without a frame the client asks whether the service is there. */
const SILENCE_MILLIS = 10_000;
/** How long it waits for any answer then. */
const PROBE_MILLIS = 5_000;
const GIVE_UP_MILLIS = 600_000;

/**
 * Starts a session.
 * @param {Options} options
 */
export function start(options) {
  const host = options.host ?? globalThis;
  const ticket = {
    start: { kind: options.kind ?? '', account: options.account, start_key: options.startKey ?? host.crypto.randomUUID() },
  };
  return new LiveSession(options, ticket);
}

/**
 * Goes on with the session whose ticket is stored; null if there is none.
 * @param {Options} options
 */
export function resume(options) {
  const kept = options.storage?.get();
  return kept ? new LiveSession(options, JSON.parse(kept)) : null;
}

/**
 * A store in sessionStorage, which each tab has of its own, or in localStorage.
 * @param {Storage} area
 * @returns {import('./drawdown.d.ts').TicketStore}
 */
export function webStorage(area, key = 'drawdown.session') {
  return { get: () => area.getItem(key), set: ticket => area.setItem(key, ticket), remove: () => area.removeItem(key) };
}

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
  #lostAt;
  #online = () => this.networkChanged();

  /** Made by start and resume. @param {Options} options @param {Ticket} ticket */
  constructor(options, ticket) {
    this.#options = options;
    this.#ticket = ticket;
    this.#host = options.host ?? globalThis;
    this.#lostAt = this.#host.performance.now();
    this.done = new Promise(resolve => (this.#resolve = resolve));
    this.#host.addEventListener?.('online', this.#online);
    this.#options.storage?.set(JSON.stringify(ticket));
    this.#arm(0, () => this.#connect());
  }

  /**
   * @template {keyof Events} T
   * @param {T} type
   * @param {(event: Events[T]) => void} listener
   */
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

  pause() {
    this.#sendIfLive({ type: 'pause' });
  }

  continue() {
    this.#sendIfLive({ type: 'continue' });
  }

  detach() {
    this.#drop(DETACHED);
    this.#finish('detached', DETACHED);
  }

  networkChanged() {
    this.#failures = 0;
    if (this.state === 'waiting') {
      this.#arm(0, () => this.#connect());
    } else if (this.state === 'live') {
      this.#probe();
    }
  }

  async #connect() {
    this.#enter('connecting');
    this.#retryAfterMillis = 0;
    this.#last = null;
    this.#arm(ANSWER_MILLIS, () => this.#lost(BROKEN));
    const attempt = this.#timer;
    const token = await Promise.resolve().then(this.#options.token).catch(() => null);
    if (this.state !== 'connecting' || this.#timer !== attempt) {
      return;
    }
    if (token === null) {
      this.#lost(BROKEN);
      return;
    }
    const socket = new this.#host.WebSocket(this.#options.url, 'drawdown.v1');
    this.#socket = socket;
    /** @param {(event: any) => void} action */
    const ifCurrent = action => (/** @type {any} */ event) => this.#socket === socket && action(event);
    socket.onopen = ifCurrent(() => {
      this.#send({ type: 'authenticate', token });
      this.#send(this.#opening());
    });
    socket.onmessage = ifCurrent(event => this.#heard(event.data));
    socket.onclose = ifCurrent(event => this.#lost(event.code));
  }

  /** The frame with which a new socket begins. @returns {ClientFrame} */
  #opening() {
    const { start, session_id, resume_token } = this.#ticket;
    return session_id && resume_token ? { type: 'resume', session_id, resume_token } : { type: 'start', ...start };
  }

  /** @param {ClientFrame} frame */
  #send(frame) {
    this.#socket?.send(JSON.stringify(frame));
  }

  /** @param {ClientFrame} frame */
  #sendIfLive(frame) {
    if (this.state === 'live') {
      this.#send(frame);
    }
  }

  #endIfWanted() {
    if (this.#ticket.ending) {
      this.#sendIfLive({ type: 'end' });
    }
  }

  /** @param {string} text */
  #heard(text) {
    /** @type {ServerFrame} */
    const frame = JSON.parse(text);
    const begins = frame.type === 'started' || frame.type === 'resumed';
    if (begins) {
      this.#keep({ session_id: frame.session_id, resume_token: frame.resume_token });
      this.#failures = 0;
      this.#enter('live');
    } else if (frame.type === 'restarting') {
      this.#retryAfterMillis = frame.retry_after * 1_000;
    } else if (frame.type === 'ended' || frame.type === 'refused') {
      this.#last = frame;
      this.#arm(PROBE_MILLIS, () => this.#lost(BROKEN));
    }
    if (this.state === 'live' && !this.#last) {
      this.#arm(SILENCE_MILLIS, () => this.#probe());
    }
    this.#tell(frame);
    if (begins) {
      this.#endIfWanted();
    }
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
    this.#drop(DETACHED);
    if (this.state === 'live') {
      this.#lostAt = this.#host.performance.now();
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
    const away = this.#host.performance.now() - this.#lostAt;
    if (away + delay > (this.#options.giveUpAfterMillis ?? GIVE_UP_MILLIS)) {
      this.#finish('lost', code);
    } else {
      this.#enter('waiting');
      this.#arm(delay, () => this.#connect());
    }
  }

  /** @param {Outcome['kind']} kind @param {number} code */
  #finish(kind, code) {
    if (this.state === 'over') {
      return;
    }
    this.#host.clearTimeout(this.#timer);
    this.#host.removeEventListener?.('online', this.#online);
    if (kind === 'ended' || kind === 'refused') {
      this.#options.storage?.remove();
    }
    this.#enter('over');
    this.#resolve({ kind, code, frame: this.#last });
  }

  /** Closes what there is; nothing is heard of it any more. @param {number} code */
  #drop(code) {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(code);
  }

  /** @param {Partial<Ticket>} more */
  #keep(more) {
    this.#ticket = { ...this.#ticket, ...more };
    this.#options.storage?.set(JSON.stringify(this.#ticket));
  }

  /** @param {State} next */
  #enter(next) {
    if (this.state !== next) {
      this.state = next;
      this.#emit('state', next);
    }
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
