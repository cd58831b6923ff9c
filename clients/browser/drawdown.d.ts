// What drawdown.js takes and tells.
import type { EndedFrame, RefusedFrame, ServerFrame } from './frames.d.ts';

/** waiting: the socket is lost, and the next try comes. */
export type State = 'connecting' | 'live' | 'waiting' | 'over';

/** The balance right after the ledger row seq. Of two, the one with the greater seq is true. */
export interface Money {
  seq: number;
  balance: number;
}

export type LastFrame = EndedFrame | RefusedFrame;

/** How it came that the client is done. */
export interface Outcome {
  /**
   * ended: the session has ended. refused: it did not begin, or does not go on. closed: the service closed for a reason that a
   * new socket would not change (docs/problems.md). lost: the service was away for longer than the client tries; the session
   * may still run. detached: detach() was called.
   */
  kind: 'ended' | 'refused' | 'closed' | 'lost' | 'detached';
  /** Of the last socket; 1006 if it broke. */
  code: number;
  frame: LastFrame | null;
}

/** Where the ticket of the session is kept, so that the page can be loaded again. It holds a secret. */
export interface TicketStore {
  get(): string | null | undefined;
  set(ticket: string): void;
  /** The session is over. */
  remove(): void;
}

export interface Options {
  /** E.g. wss://example.org/api/v1/live/sessions */
  url: string;
  /** Gives a valid token for each new socket. */
  token: () => string | Promise<string>;
  /** Of the session to start: a name of the rate card. */
  kind?: string;
  /** Whose credits; those of the token's own account otherwise. */
  account?: string;
  /** Names the session: the same key is the same session. Random otherwise. */
  startKey?: string;
  /** Memory only otherwise. */
  storage?: TicketStore;
  /** How long to try to come back; 10 minutes otherwise. */
  giveUpAfterMillis?: number;
  /** What of the browser is used, for tests. */
  host?: any;
}

/** Every frame by its type and as 'frame', the newest balance, and how the client is connected. */
export type Events = { [F in ServerFrame as F['type']]: F } & { frame: ServerFrame; money: Money; state: State };

/** Starts a session. */
export function start(options: Options): LiveSession;

/** Goes on with the session whose ticket is stored; null if there is none. */
export function resume(options: Options): LiveSession | null;

/** A store in sessionStorage, which each tab has of its own, or in localStorage. */
export function webStorage(area: Storage, key?: string): TicketStore;

/** One session, over as many sockets as it takes. */
export class LiveSession {
  private constructor();

  /** Never fails. */
  readonly done: Promise<Outcome>;
  readonly state: State;
  /** The newest. */
  readonly money: Money | null;

  /** A 'balance' that is older than money that was told before is not told. The result stops the listener. */
  on<T extends keyof Events>(type: T, listener: (event: Events[T]) => void): () => void;

  /**
   * Ends the session, whatever it takes: without a socket the client comes back first, and a page that resumes the ticket ends
   * it too.
   */
  end(): Promise<Outcome>;

  /**
   * Asks for a pause; 'paused' tells that it is one. Without a socket nothing happens. With `release` the session gives back
   * the credits that it does not use, and asks for more when it goes on.
   */
  pause(options?: { release?: boolean }): void;

  /** Asks for the end of the pause; 'continued' tells it. Without a socket nothing happens. */
  unpause(): void;

  /** Leaves the session without ending it. Its ticket stays in the storage. */
  detach(): void;

  /** Tries what waits, at once unless told when, and asks whether an open socket still is. The event `online` calls it. */
  networkChanged(): void;
}
