// What the pictures show: gateways as they are named in real life.

import type { Api, NewGateway } from "../tests/support/api";

const flows = ["Front desk", "Sales qualification", "Order status", "Shop assistant", "Billing", "Night duty", "CRM hand-over", "Warranty"] as const;

type Row = [name: string, flow: (typeof flows)[number] | undefined, provider: NewGateway["provider"], enabled: boolean, uri?: string];

const rows: Row[] = [
  ["Support bot", "Front desk", "telegram_bot", true],
  ["Sales · EU", "Sales qualification", "messenger", true, "/sales-eu"],
  ["Замовлення та доставка", "Order status", "viber", true],
  ["Shop widget", "Shop assistant", "web_chat", true, "/shop"],
  ["Billing on WhatsApp", "Billing", "infobip", true],
  ["Night duty", "Night duty", "telegram_app", false],
  ["CRM bridge", "CRM hand-over", "custom", true, "/crm"],
  ["Career page", undefined, "web_chat", false, "/jobs/career"],
  ["Partner desk", "Front desk", "telegram_bot", false, "/partner_desk"],
  ["Warranty claims", "Warranty", "messenger", true, "/warranty"],
  ["Event hotline", "Front desk", "telegram_bot", false],
  ["Loyalty programme", "Sales qualification", "viber", true],
];

export async function fill(api: Api): Promise<{ flow: number; diagram: number; gateway: number; webChat: number }> {
  const ids = new Map<string, number>();
  for (const name of flows) {
    const kind = name === "Shop assistant" ? "diagram" : "code";
    const program = '[\n  { "sendText": "Good day! What can we do for you?" },\n  { "recvMessage": { "set": "answer", "timeout": 120 } }\n]';
    ids.set(name, (await api.flow(name, kind, { program, tags: "support, shop", description: "Answers customers." })).id);
  }
  let gateway = 0;
  let webChat = 0;
  for (const [name, flow, provider, enabled, uri] of rows) {
    const card = await api.gateway({ name, flow: flow && ids.get(flow), provider, enabled, uri });
    if (name === "Support bot") gateway = card.id;
    if (name === "Shop widget") webChat = card.id;
  }
  await api.updateGateway(gateway, { "templates.join": "Hello, ${first_name}! You are talking to ${gateway_name}." });
  await api.setEnabled(gateway, false);
  await api.setEnabled(gateway, true);
  await api.role("Flow author", { chat_gateways: "r", flows: "crud" });
  await api.user("olena.k", "a first password", await api.roleId("Administrator"));
  return { flow: ids.get("Front desk") ?? 0, diagram: ids.get("Shop assistant") ?? 0, gateway, webChat };
}
