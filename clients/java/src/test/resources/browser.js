// What drawdown.js needs of a browser, made of a host in Java.

/** @param {string} hex */
const bytesOf = hex => Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16));

/** Answers as the subject of a test. */
export function subject(host, { start, resume }) {
  let session = null;
  let outcome = '';
  const online = new Set();

  class Socket {
    constructor(url) {
      const events = {
        opened: () => this.onopen({}),
        text: data => this.onmessage({ data }),
        closed: code => this.onclose({ code }),
      };
      this.socket = host.open(url, events);
    }
    send(text) {
      this.socket.send(text);
    }
    /** A browser tells of the closing later. */
    close(code) {
      this.socket.close(code);
      Promise.resolve().then(() => this.onclose({ code }));
    }
  }

  const options = {
    url: host.url(),
    token: () => 'token',
    kind: 'live_dubbing',
    account: 'ada',
    startKey: 'key-1',
    giveUpAfterMillis: host.giveUpAfterMillis(),
    storage: { get: () => host.load(), set: ticket => host.save(ticket), remove: () => host.clear() },
    host: {
      WebSocket: Socket,
      Math: { random: () => host.random() },
      crypto: {
        getRandomValues: bytes => bytes.map(() => host.roll()),
        subtle: { digest: async (name, bytes) => bytesOf(host.sha256(String.fromCharCode(...bytes))) },
      },
      performance: { now: () => host.now() },
      setTimeout: (action, millis) => host.after(action, millis),
      clearTimeout: timer => timer?.run(),
      addEventListener: (type, listener) => online.add(listener),
      removeEventListener: (type, listener) => online.delete(listener),
    },
  };

  function watch(begun) {
    session = begun;
    session?.on('frame', frame => host.hear('frame:' + frame.type));
    session?.on('money', money => host.hear(`money:${money.seq}=${money.balance}`));
    session?.on('state', state => host.hear('state:' + state));
    session?.done.then(({ kind, code }) => (outcome = kind + ' ' + code));
    return session !== null;
  }

  return {
    start: () => watch(start(options)),
    resume: () => watch(resume(options)),
    pause: () => session.pause(),
    pauseAndRelease: () => session.pause({ release: true }),
    unpause: () => session.unpause(),
    end: () => session.end(),
    detach: () => session.detach(),
    online: () => online.forEach(listener => listener()),
    outcome: () => outcome,
    close: () => session?.detach(),
  };
}
