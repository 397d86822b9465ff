// The product's own server functions, called with a session: makes data without a browser.

import { createHmac, randomUUID } from "node:crypto";
import type { APIRequestContext, PlaywrightWorkerArgs } from "@playwright/test";
import { authFile, nobody, type Person } from "./people";

type Playwright = PlaywrightWorkerArgs["playwright"];
export type Fields = Record<string, string>;
export type ProviderCode = "telegram_bot" | "telegram_app" | "infobip" | "messenger" | "viber" | "web_chat" | "custom";
export type FlowKind = "code" | "diagram";
export type FlowCard = { id: number; kind: FlowKind; fields: Fields; version: number };
export type GatewayCard = { id: number; provider: ProviderCode; fields: Fields; enabled: boolean; version: number };
export type GatewayRow = { id: number; name: string; uri: string; enabled: boolean; version: number };
export type Card = { id: number; fields: Fields; version: number };
export type Failure = { code: string; status: number; message: string; fields: Fields };

export const baseURL = process.env.BASE_URL ?? "http://127.0.0.1:3400";
export const botToken = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/** The least that each provider needs to be saved, beside name and URI. */
const least: Record<ProviderCode, Fields> = {
  telegram_bot: { "secret.token": botToken },
  telegram_app: { "settings.api_id": "12345", "secret.api_hash": "0123456789abcdef0123456789abcdef" },
  infobip: {
    "secret.api_key": "infobip-key-1",
    "secret.callback": "infobip-callback-password",
    "settings.url": "https://xyz.api.infobip.com",
  },
  messenger: { "settings.client_id": "1234567890", "secret.client_secret": "meta-secret-1" },
  viber: { "secret.token": "viber-token-1" },
  web_chat: {},
  custom: { "secret.secret": "custom-secret-1", "settings.webhook": "https://crm.example.com/replies" },
};

export type NewGateway = { name: string; provider?: ProviderCode; flow?: number; uri?: string; enabled?: boolean; fields?: Fields };

export class Api {
  constructor(readonly request: APIRequestContext) {}

  /** With the session of one of the people of the setup, or without one. */
  static async signedIn(playwright: Playwright, person?: Person): Promise<Api> {
    const storageState = person ? authFile(person) : nobody;
    return new Api(await playwright.request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL }, storageState }));
  }

  /** Calls a server function; anything but success is an error of the test. */
  async call<T>(path: string, args: object = {}): Promise<T> {
    const response = await this.request.post(`/api/${path}`, { data: args });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Calls a server function that is to be refused. */
  async refused(path: string, args: object = {}): Promise<Failure> {
    const response = await this.request.post(`/api/${path}`, { data: args });
    if (response.ok()) throw new Error(`${path} was not refused: ${await response.text()}`);
    return { ...((await response.json()) as Failure), status: response.status() };
  }

  async gateway(wanted: NewGateway): Promise<GatewayCard> {
    const provider = wanted.provider ?? "custom";
    const fields: Fields = { name: wanted.name, ...least[provider], ...wanted.fields };
    if (wanted.uri) fields.uri = wanted.uri;
    if (wanted.flow) fields.flow = String(wanted.flow);
    const card = await this.call<GatewayCard>("gateways/create", { provider, fields });
    if (!wanted.enabled) return card;
    const row = await this.call<GatewayRow>("gateways/set_enabled", { id: card.id, version: card.version, on: true });
    return { ...card, enabled: row.enabled, version: row.version };
  }

  /** Gateways one after the other, so that the default order is theirs. */
  async gateways(...names: string[]): Promise<GatewayCard[]> {
    const cards = [];
    for (const name of names) cards.push(await this.gateway({ name }));
    return cards;
  }

  getGateway(id: number): Promise<GatewayCard> {
    return this.call("gateways/get", { id });
  }

  /** Says something through a custom gateway, as the customer's system would. */
  async say(gateway: GatewayCard, text: string, peer = "Olha"): Promise<void> {
    const id = randomUUID();
    const seconds = Math.floor(Date.now() / 1000);
    const sender = { id: peer.toLowerCase(), name: peer };
    const data = { message_id: id, chat_id: sender.id, sender, parts: [{ kind: "text", text }] };
    const body = JSON.stringify({ type: "message.created", data });
    const secret = least.custom["secret.secret"] ?? "";
    const signature = createHmac("sha256", secret).update(`${id}.${seconds}.${body}`).digest("base64");
    const response = await this.request.post(`/chat${gateway.fields.uri}`, {
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(seconds),
        "webhook-signature": `v1,${signature}`,
      },
      data: body,
    });
    if (!response.ok()) throw new Error(`the gateway answered ${response.status()}: ${await response.text()}`);
  }

  async updateGateway(id: number, fields: Fields): Promise<GatewayCard> {
    const { version } = await this.getGateway(id);
    return this.call("gateways/update", { id, version, fields });
  }

  async setEnabled(id: number, on: boolean): Promise<GatewayRow> {
    const { version } = await this.getGateway(id);
    return this.call("gateways/set_enabled", { id, version, on });
  }

  /** How a gateway fares, in one word. */
  async health(id: number): Promise<string> {
    return (await this.call<{ state: string }>("gateways/health", { id })).state;
  }

  /** How many entries of a gateway's log need somebody. */
  trouble(id: number): Promise<number> {
    return this.call("gateways/trouble", { id });
  }

  removeGateways(...ids: number[]): Promise<{ id: number; refused: string | null }[]> {
    return this.call("gateways/remove", { ids });
  }

  async namesOfGateways(q: string): Promise<string[]> {
    const page = await this.call<{ rows: GatewayRow[] }>("gateways/list", { query: { q, size: "1000" } });
    return page.rows.map((row) => row.name);
  }

  flow(name: string, kind: FlowKind = "code", fields: Fields = {}): Promise<FlowCard> {
    return this.call("flows/create", { kind, fields: { name, description: "", program: "[]", tags: "", ...fields } });
  }

  async updateFlow(id: number, fields: Fields): Promise<FlowCard> {
    const { version } = await this.call<FlowCard>("flows/get", { id });
    return this.call("flows/update", { id, version, fields });
  }

  async roleId(name: string): Promise<number> {
    const page = await this.call<{ rows: { id: number; name: string }[] }>("roles/list", { query: { q: name, size: "1000" } });
    const found = page.rows.find((row) => row.name === name);
    if (!found) throw new Error(`there is no role ${name}`);
    return found.id;
  }

  /** A role that grants letters of "crud" in sections. */
  role(name: string, grants: Partial<Record<"chat_gateways" | "flows" | "users" | "roles", string>>): Promise<Card> {
    const fields: Fields = { name, description: "" };
    const words = { c: "create", r: "read", u: "update", d: "delete" } as const;
    for (const [section, letters] of Object.entries(grants)) {
      for (const letter of letters) fields[`grant.${section}.${words[letter as keyof typeof words]}`] = "true";
    }
    return this.call("roles/create", { fields });
  }

  /** A user who must still change the password. */
  async user(name: string, password: string, ...roles: number[]): Promise<Card> {
    const fields: Fields = { name, password, disabled: "false" };
    for (const role of roles) fields[`role.${role}`] = "true";
    return this.call("users/create", { fields });
  }

  /** Signs in, and makes the forced change of the password when there is one. */
  async signIn(name: string, first: string, password = first): Promise<void> {
    const viewer = await this.call<{ must_change_password: boolean }>("session/sign_in", { name, password: first });
    if (viewer.must_change_password) await this.call("session/change_password", { current: first, new: password });
  }

  dispose(): Promise<void> {
    return this.request.dispose();
  }
}
