// Every page and every state of a dialog, for checks that concern them all.

import type { Page } from "@playwright/test";
import type { Api } from "./api";
import { Card } from "./card";
import { Program } from "./program";
import { Registry } from "./registry";
import { expect, visit } from "./test";

export type State = { name: string; show: (page: Page) => Promise<void> };

/** Makes an object of each kind and gives the pages that show them. */
export async function everyPage(api: Api, tag: string): Promise<State[]> {
  const code = await api.flow(`${tag} code`, "code", { tags: "support, night", description: "Greets." });
  const diagram = await api.flow(`${tag} diagram`, "diagram");
  const custom = await api.gateway({ name: `${tag} custom`, flow: code.id, enabled: true });
  const webChat = await api.gateway({ name: `${tag} web chat`, provider: "web_chat", flow: diagram.id });
  const messenger = await api.gateway({ name: `${tag} messenger`, provider: "messenger" });
  await api.gateway({ name: `${tag} a gateway with quite a long name, as people write them`, provider: "viber" });
  await api.updateGateway(custom.id, { "templates.join": "Hello!" });
  const log = await talkedWith(api, tag);
  const role = await api.role(`${tag} role`, { chat_gateways: "cru", flows: "r" });
  const user = await api.user(`${tag}.user`, "a first password", role.id);
  const at = (address: string): State => ({ name: address.replace(tag, "…"), show: (page) => visit(page, address) });
  return [
    at(`/chat-gateways?q=${tag}`),
    at(`/chat-gateways?q=${tag}%20nothing`),
    at("/chat-gateways/new"),
    at("/chat-gateways/new/telegram_bot/general"),
    at(`/chat-gateways/${custom.id}/general`),
    at(`/chat-gateways/${custom.id}/templates`),
    at(`/chat-gateways/${custom.id}/history`),
    at(`/chat-gateways/${webChat.id}/deliveries`),
    at(`/chat-gateways/${webChat.id}/conversations`),
    at(`/chat-gateways/${log.gateway}/general`),
    at(`/chat-gateways/${log.gateway}/deliveries`),
    ...log.deliveries.map((id) => at(`/chat-gateways/${log.gateway}/deliveries/${id}`)),
    at(`/chat-gateways/${log.gateway}/conversations`),
    at(`/chat-gateways/${log.gateway}/conversations/${log.conversation}`),
    ...["general", "view", "chat", "appointment", "alternative-channels", "recaptcha"].map((tab) => at(`/chat-gateways/${webChat.id}/${tab}`)),
    ...["facebook", "instagram", "whatsapp"].map((tab) => at(`/chat-gateways/${messenger.id}/${tab}`)),
    at(`/flows?q=${tag}`),
    at("/flows/new"),
    at(`/flows/${code.id}/general`),
    at(`/flows/${diagram.id}/general`),
    at(`/flows/${diagram.id}/constructor`),
    at(`/users?q=${tag}`),
    at("/users/new"),
    at(`/users/${user.id}`),
    at(`/roles?q=${tag}`),
    at("/roles/new"),
    at(`/roles/${role.id}`),
    at("/password"),
  ];
}

/** A gateway with which somebody has talked: a message that came, an answer that could not be sent, a conversation. */
async function talkedWith(api: Api, tag: string): Promise<{ gateway: number; deliveries: number[]; conversation: number }> {
  const program = '[{ "set": { "shop": "Main street 1" } }, { "sendText": "Good day" }, { "recvMessage": { "set": "answer" } }]';
  const flow = await api.flow(`${tag} talkative`, "code", { program });
  // A private address is never called.
  const fields = { "settings.webhook": "https://10.0.0.5/replies" };
  const card = await api.gateway({ name: `${tag} talked with`, flow: flow.id, fields, enabled: true });
  await api.say(card, "Is anybody there?");
  await expect.poll(() => api.trouble(card.id)).toBe(1);
  type Rows = { rows: { id: number }[] };
  const log = await api.call<Rows>("gateways/deliveries", { id: card.id, query: {} });
  const talks = await api.call<Rows>("gateways/conversations", { id: card.id, only_running: false, before: null });
  return { gateway: card.id, deliveries: log.rows.map((row) => row.id), conversation: talks.rows[0]?.id ?? 0 };
}

/** The states that only clicks bring about. */
export function everyDialog(api: Api, tag: string): State[] {
  const registry = (page: Page) => new Registry(page);
  const name = `${tag} custom`;
  return [
    {
      name: "the dialog New chat gateway",
      show: async (page) => {
        await registry(page).open({ q: tag });
        await registry(page).add.click();
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    },
    {
      name: "a selection",
      show: async (page) => {
        await registry(page).open({ q: tag });
        await registry(page).selectAll.check();
        await expect(registry(page).deleteSelected).toBeVisible();
      },
    },
    {
      name: "the dialog Confirm deletion",
      show: async (page) => {
        await registry(page).open({ q: tag });
        await registry(page).remove(name).click();
        await expect(registry(page).dialog).toBeVisible();
      },
    },
    {
      name: "the health of a gateway, told",
      show: async (page) => {
        await registry(page).open({ q: tag });
        await registry(page).health(name).focus();
      },
    },
    {
      name: "the dialog Retry all",
      show: async (page) => {
        const { gateway } = await talkedWith(api, `${tag} again`);
        await visit(page, `/chat-gateways/${gateway}/deliveries`);
        await page.getByRole("button", { name: /^Retry all/ }).click();
        await expect(page.getByRole("dialog", { name: "Retry all?" })).toBeVisible();
      },
    },
    {
      name: "a connection that was tested",
      show: async (page) => {
        const gateway = await api.gateway({ name: `${tag} tested`, fields: { "settings.webhook": "https://10.0.0.5/replies" } });
        await visit(page, `/chat-gateways/${gateway.id}/general`);
        await page.getByRole("button", { name: "Test connection" }).click();
        await expect(page.getByText(/allowed_hosts/)).toBeVisible();
      },
    },
    {
      name: "the help",
      show: async (page) => {
        await registry(page).open({ q: tag });
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    },
    {
      name: "the account's menu",
      show: async (page) => {
        await registry(page).open({ q: tag });
        await page.getByRole("button", { name: /admin/ }).click();
        await expect(page.getByRole("group", { name: "Theme" })).toBeVisible();
      },
    },
    {
      name: "a card with errors and an open list of flow schemas",
      show: async (page) => {
        const card = new Card(page);
        await visit(page, "/chat-gateways/new/custom/general");
        await card.field("URI").fill("/ab");
        await card.field("URI").blur();
        await expect(card.field("URI")).toHaveAttribute("aria-invalid", "true");
        await card.flow.fill(`${tag} code`);
        await expect(card.flowOptions).toHaveCount(1);
      },
    },
    {
      name: "the dialog New flow schema",
      show: async (page) => {
        await new Registry(page, "flows").open({ q: tag });
        await new Registry(page, "flows").add.click();
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    },
    {
      name: "a program with mistakes",
      show: async (page) => {
        await visit(page, "/flows/new/code/general");
        await new Program(page).ready();
        await new Program(page).write('[\n  { "sendTxt": "Hello" },\n  { "goto": "nowhere" }\n]');
        await new Program(page).expectMistakes(2);
      },
    },
    {
      name: "a flow that is tried",
      show: async (page) => {
        await visit(page, "/flows/new/code/general?starter=menu");
        await new Program(page).ready();
        await new Program(page).openTrial();
        await new Program(page).say("Hello");
        await new Program(page).expectSaid("How can we help?");
        await new Program(page).trial.getByText("Variables").click();
      },
    },
    {
      name: "the versions of a program",
      show: async (page) => {
        const flow = await api.flow(`${tag} with versions`, "code", { program: '[{ "sendText": "one" }]' });
        await api.updateFlow(flow.id, { program: '[{ "sendText": "two" }]' });
        await new Program(page).open(flow.id);
        await new Program(page).tool("Versions").click();
        await expect(page.getByRole("dialog").getByText("1 line added")).toBeVisible();
      },
    },
    {
      name: "a refused switch",
      show: async (page) => {
        await api.gateway({ name: `${tag} without flow` });
        await registry(page).open({ q: `${tag} without` });
        await registry(page).toggle(`${tag} without flow`).click();
        await expect(page.getByText(/Choose a flow schema first/).first()).toBeVisible();
      },
    },
  ];
}
