// Everything that a page loads, with the bytes that went over the wire: headers and body as they were sent.

/** How long nothing may happen before a visit counts as over. */
const QUIET = 700;

export class Traffic {
  /** Watches through the DevTools protocol, which alone knows sizes as they were sent. */
  static async watch(context, page) {
    const session = await context.newCDPSession(page);
    const traffic = new Traffic();
    session.on("Network.requestWillBeSent", ({ requestId, request }) => traffic.sent(requestId, request));
    session.on("Network.responseReceived", ({ requestId, response }) => traffic.answered(requestId, response));
    session.on("Network.dataReceived", () => traffic.touch());
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => traffic.finished(requestId, encodedDataLength));
    session.on("Network.requestServedFromCache", ({ requestId }) => traffic.cached(requestId));
    await session.send("Network.enable");
    return traffic;
  }

  constructor() {
    this.requests = new Map();
    this.touch();
  }

  /** Waits until nothing happens any more, and hands over what there was since the last time. */
  async settled() {
    while (performance.now() - this.touched < QUIET) await new Promise((resolve) => setTimeout(resolve, 50));
    const all = [...this.requests.values()];
    this.requests.clear();
    return all.filter((request) => !request.url.startsWith("data:"));
  }

  touch() {
    this.touched = performance.now();
  }

  sent(id, { method, url }) {
    this.requests.set(id, { method, url, status: 0, type: "", encoding: "", bytes: 0, cached: false });
    this.touch();
  }

  answered(id, response) {
    const known = this.requests.get(id);
    if (!known) return;
    known.status = response.status;
    known.type = response.mimeType;
    known.encoding = response.headers["content-encoding"] ?? "";
    // An answer that never ends, such as a stream of events, has at least its headers.
    known.bytes = response.encodedDataLength;
    known.cached ||= response.fromDiskCache;
    this.touch();
  }

  cached(id) {
    const known = this.requests.get(id);
    if (known) known.cached = true;
  }

  finished(id, bytes) {
    const known = this.requests.get(id);
    if (known) known.bytes = known.cached ? 0 : bytes;
    this.touch();
  }
}
