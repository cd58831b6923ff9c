// Made from docs/asyncapi.yaml by FrameTypesTest; do not edit.

/** Carries the token where the handshake could not */
export interface AuthenticateFrame {
  type: "authenticate";
  token: string;
}

/** Asks for a session */
export interface StartFrame {
  type: "start";
  kind: Kind;
  account?: AccountId;
  /** The same key names the same session. A start that was refused is decided anew. */
  start_key: string;
  /** The SHA-256 of the token with which the client will resume. Another hash is another start. Absent: the service names the token. */
  next_hash?: string;
}

/** Goes on with a session on a new socket */
export interface ResumeFrame {
  type: "resume";
  session_id: SessionId;
  resume_token: string;
  /** The SHA-256 of the token with which the client will resume the next time. The same until a resume is answered. */
  next_hash: string;
  /** Of this client, greater each time it resumes. */
  attempt: number;
}

/** Ends the session */
export interface EndFrame {
  type: "end";
}

/** Pauses the session: neither served nor charged until it continues */
export interface PauseFrame {
  type: "pause";
  /** Whether the session gives back the credits that it holds and does not use. It asks for more when it continues, and ends if there are none. False if absent: its credits stay held. */
  release?: boolean;
}

/** Ends the pause of the session */
export interface ContinueFrame {
  type: "continue";
}

/** Asks for a pong; never required */
export interface PingFrame {
  type: "ping";
}

/** What a client tells session-service. */
export type ClientFrame =
  | AuthenticateFrame
  | StartFrame
  | ResumeFrame
  | EndFrame
  | PauseFrame
  | ContinueFrame
  | PingFrame;

/** The session runs */
export interface StartedFrame {
  type: "started";
  session_id: SessionId;
  /** Present if the service named the token. */
  resume_token?: string;
  account: AccountId;
  kind: Kind;
  rate: {
    price: PositiveCredits;
    increment_millis: number;
  };
  epoch: Epoch;
  used_millis: Millis;
  funded_millis: Millis;
  balance: Credits;
  available: Credits;
  seq: Seq;
}

/** The session goes on */
export interface ResumedFrame {
  type: "resumed";
  session_id: SessionId;
  /** Present if the service named the token. */
  resume_token?: string;
  account: AccountId;
  kind: Kind;
  rate: {
    price: PositiveCredits;
    increment_millis: number;
  };
  epoch: Epoch;
  used_millis: Millis;
  funded_millis: Millis;
  balance: Credits;
  available: Credits;
  seq: Seq;
}

/** The session was not started; the socket is closed next */
export interface RefusedFrame {
  type: "refused";
  problem: Problem;
  credits_required?: Credits;
  credits_remaining?: Credits;
  /** The credits that live sessions of the account hold and have not spent. */
  credits_held?: Credits;
  /** Whether credits are missing, even if all that live sessions hold came back. */
  upgrade_required?: boolean;
  /** In how many seconds to try again, over a new socket: what live sessions hold may have come back by then, or there is room again. Absent if that is not known. */
  retry_after?: number;
  /** With the problem session-elsewhere: the start came to be, and its client was not told. It resumes this session with the token that it named. */
  session_id?: SessionId;
  seq?: Seq;
}

/** What is left */
export interface BalanceFrame {
  type: "balance";
  balance: Credits;
  available: Credits;
  burn_per_second: Credits;
  used_millis: Millis;
  funded_millis: Millis;
  seq: Seq;
}

/** The balance reached a level of what it was after the last top-up */
export interface WarningFrame {
  type: "warning";
  level_percent: 20 | 10 | 5;
  balance: Credits;
  armed_balance: Credits;
  seq: Seq;
}

/** The end is near: nothing more is available, or the session has lasted nearly as long as one may */
export interface EndingFrame {
  type: "ending";
  /** exhausted: the session ends after that much more service, unless credits are added. maximum_duration: it ends after that time. */
  reason: "exhausted" | "maximum_duration";
  ends_in_millis: Millis;
  funded_millis: Millis;
  balance: Credits;
  available: Credits;
  seq: Seq;
}

/** The end that was announced is off */
export interface ExtendedFrame {
  type: "extended";
  funded_millis: Millis;
  balance: Credits;
  available: Credits;
  seq: Seq;
}

/** What decides on credits cannot be reached; neither served nor billed until then */
export interface UnfundedFrame {
  type: "unfunded";
  retry_millis: Millis;
}

/** The session is paused: neither served nor charged */
export interface PausedFrame {
  type: "paused";
  /** request: the client or a request over HTTP wanted it, and either may continue it. media: what is served stands still; the session continues by itself when it flows again. */
  by: "request" | "media";
  /** Whether the session gives back the credits that it holds and does not use, until it continues. Else they stay held. */
  released: boolean;
  /** After that time the session ends as paused_too_long, unless it continues. */
  ends_in_millis: Millis;
  used_millis: Millis;
  funded_millis: Millis;
}

/** The pause is over: the session is served and charged again */
export interface ContinuedFrame {
  type: "continued";
  used_millis: Millis;
  funded_millis: Millis;
}

/** This socket cannot go on: start or resume over a new one */
export interface RestartingFrame {
  type: "restarting";
  /** After how many seconds to try again. */
  retry_after: number;
}

/** Another socket or another owner has the session */
export interface ReplacedFrame {
  type: "replaced";
}

/** The session is over; the socket is closed next */
export interface EndedFrame {
  type: "ended";
  session_id: SessionId;
  reason: EndReason;
  used_millis: Millis;
  /** Whether the cost is known. If it is, cost, balance, held and seq are present and final. If not, read them later from the session's address. */
  settled: boolean;
  /** The cost of the whole session. */
  cost?: Credits;
  /** The balance of the account after the session. */
  balance?: Credits;
  /** The part of that balance that other live sessions of the account hold. */
  held?: Credits;
  seq?: Seq;
}

/** A frame was not understood or not allowed */
export interface ErrorFrame {
  type: "error";
  problem: Problem;
}

/** The answer to a ping */
export interface PongFrame {
  type: "pong";
}

/** What session-service tells its client. */
export type ServerFrame =
  | StartedFrame
  | ResumedFrame
  | RefusedFrame
  | BalanceFrame
  | WarningFrame
  | EndingFrame
  | ExtendedFrame
  | UnfundedFrame
  | PausedFrame
  | ContinuedFrame
  | RestartingFrame
  | ReplacedFrame
  | EndedFrame
  | ErrorFrame
  | PongFrame;

/** The kind of session, a name of the rate card. */
export type Kind = string;

export type AccountId = string;

export type SessionId = string;

export type PositiveCredits = Credits;

/** The number of the session's owner. Each takeover raises it, and a lower epoch is refused. */
export type Epoch = number;

export type Millis = number;

/** An exact amount of credits with at most six decimals, between -2^33 and 2^33. A double that is rounded to six decimals represents it exactly. */
export type Credits = number;

/** The number of the ledger row. Of two messages that name money, the one with the greater seq is the later. */
export type Seq = number;

/** RFC 9457; the types are listed in docs/problems.md. */
export type Problem = {
  type: string;
  title: string;
  detail?: string;
};

/** Why a session ended. unavailable: at its limit, no answer came from credits-service for too long; nothing beyond the limit was served or charged. owner_lost: the owner died and another process ended the session at the greatest total that is proved, or credits-service has no hold of the session. */
export type EndReason = "user" | "operator" | "exhausted" | "insufficient" | "suspended" | "unavailable" | "restarting" | "disconnected" | "owner_lost" | "idle" | "maximum_duration" | "paused_too_long" | "too_slow" | "policy" | "unauthenticated" | "replaced" | "too_big" | "rate_limited" | "abandoned";
