// The other side of a gateway: a peer at the stand-ins, and what their keeper can do to an account.

import { expect, type APIRequestContext } from "@playwright/test";

const standins = process.env.STANDINS_URL ?? "http://127.0.0.1:3410";

export type Line = { mine: boolean; text: string };

/** The stand-ins' own words: who is registered, and what happens to them. */
export class Standins {
  constructor(readonly request: APIRequestContext) {}

  async tell(path: string, what: object): Promise<void> {
    const response = await this.request.post(`${standins}/__ctl/${path}`, { data: what });
    expect(response.ok(), `${path}: ${await response.text()}`).toBe(true);
  }

  /** Makes a Telegram bot. */
  async bot(token: string, username: string): Promise<void> {
    await this.tell("telegram/bots", { token, username });
  }

  /** Makes its token no good any more. */
  async revoke(token: string): Promise<void> {
    await this.tell(`telegram/bots/${encodeURIComponent(token)}/revoke`, {});
  }

  /** Lets the bot's updates go to somebody else. */
  async seize(token: string, url: string): Promise<void> {
    await this.tell(`telegram/bots/${encodeURIComponent(token)}/webhook`, { url, secret: "theirs" });
  }

  /** Makes a Meta app of which a person's token sees the pages. */
  async metaApp(app: string, secret: string, tokens: { user?: string; system?: string }): Promise<void> {
    await this.tell("graph/apps", { app, secret, user_token: tokens.user, system_token: tokens.system });
  }

  /** Makes a Facebook page. */
  async metaPage(app: string, page: string, name: string, token: string): Promise<void> {
    await this.tell("graph/pages", { app, page, name, token });
  }

  /** Makes an Instagram account that belongs to a page. */
  async instagram(page: string, account: string, username: string): Promise<void> {
    await this.tell("graph/instagram", { page, account, username });
  }

  /** Makes a number of a business account of WhatsApp. */
  async number(business: string, number: string, display: string, name: string): Promise<void> {
    await this.tell("graph/numbers", { business, number, display, name });
  }

  /** Makes a token of Meta's no good any more. */
  async revokeAtMeta(token: string): Promise<void> {
    await this.tell("graph/revoke", { token });
  }

  peer(token: string, chat: number): Peer {
    return new Peer(this, `telegram/${encodeURIComponent(token)}/peers/${chat}`);
  }
}

/** Somebody who writes to a page. */
export function peerOfPage(standins: Standins, page: string, peer: string): Peer {
  return new Peer(standins, `graph/${page}/peers/${peer}`);
}

/** Somebody who writes to a bot. */
export class Peer {
  constructor(
    readonly standins: Standins,
    readonly path: string,
  ) {}

  async says(text: string): Promise<void> {
    await this.standins.tell(`${this.path}/says`, { text });
  }

  /** Waits until the bot has written this. */
  async sees(text: string): Promise<void> {
    const said = async () => {
      const response = await this.standins.request.get(`${standins}/__ctl/${this.path}/messages`);
      const { messages } = (await response.json()) as { messages: Line[] };
      return messages.filter((line) => !line.mine).map((line) => line.text);
    };
    await expect.poll(said, { timeout: 20_000 }).toContain(text);
  }
}
