// Addresses that lead nowhere, and what stands in the headers of every answer.

import { Registry } from "./support/registry";
import { expect, test } from "./support/test";

test("addresses that lead nowhere are answered with 404 in the look of the product", async ({ page, guard }) => {
  guard.allowStatus(404);
  for (const address of [
    "/nowhere",
    "/chat-gateways/999999999/general",
    "/chat-gateways/new/telegraph/general",
    "/chat-gateways/new/custom/nothing",
    "/chat-gateways/abc/general",
    "/flows/999999999/general",
    "/flows/new/poem",
    "/users/999999999",
    "/roles/999999999",
  ]) {
    const answer = await page.goto(address);
    expect.soft(answer?.status(), address).toBe(404);
    await expect.soft(page.getByRole("heading").filter({ hasText: /no such|not found|not exist/i }).first(), address).toBeVisible();
    await expect.soft(page.getByRole("link").first(), address).toBeVisible();
    expect.soft(await page.title(), address).toMatch(/^.+ · Chat Gateways$/);
  }
});

test("a registry's address with wrong parameters says what is wrong and how to go on", async ({ page, guard }) => {
  guard.allowStatus(400, 422);
  for (const query of ["size=0", "size=1001", "size=abc", "after=tampered", "before=..", "sort=colour"]) {
    const answer = await page.goto(`/chat-gateways?${query}`);
    expect.soft([400, 422], query).toContain(answer?.status());
    await expect.soft(page.getByText(/whole number from 1 to 1000|was changed or is out of date|no column “colour”/).first(), query).toBeVisible();
    await expect.soft(page.getByRole("link", { name: "Chat gateways" }).first(), query).toBeVisible();
  }
});

test("every page has its title", async ({ page, api, tag }) => {
  const titles: [string, string][] = [
    ["/chat-gateways", "Chat gateways · Chat Gateways"],
    ["/flows", "Flow schemas · Chat Gateways"],
    ["/users", "Users · Chat Gateways"],
    ["/roles", "Roles · Chat Gateways"],
  ];
  for (const [address, title] of titles) {
    await page.goto(address);
    await expect(page).toHaveTitle(title);
  }
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  await page.goto(`/chat-gateways/${gateway.id}/general`);
  await expect(page).toHaveTitle(`${tag} Alpha · Chat Gateways`);
  await page.goto("/chat-gateways/new/viber/general");
  await expect(page).toHaveTitle(/^New .* · Chat Gateways$/);
});

test("every page carries a strict content security policy and the other protective headers", async ({ page }) => {
  const nonces = new Set<string>();
  for (const address of ["/chat-gateways", "/flows"]) {
    const answer = await page.goto(address);
    const headers = answer?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe-inline");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(nonce).toBeTruthy();
    nonces.add(nonce ?? "");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBeTruthy();
  }
  expect(nonces.size, "each answer has a nonce of its own").toBe(2);
});

test("a changing request from another site is refused", async ({ playwright, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const foreign = await playwright.request.newContext({
    baseURL: test.info().project.use.baseURL,
    storageState: await api.request.storageState(),
    extraHTTPHeaders: { origin: "https://evil.example" },
  });
  const answer = await foreign.post("/api/gateways/remove", { data: { ids: [gateway.id] } });
  expect(answer.status()).toBe(403);
  await foreign.dispose();
  expect(await api.namesOfGateways(tag)).toEqual([`${tag} Alpha`]);
});

test("a body of ten megabytes is refused and harms nobody", async ({ api, tag, page }) => {
  const answer = await api.request.post("/api/gateways/create", {
    data: { provider: "custom", fields: { name: tag, "templates.join": "x".repeat(10_000_000) } },
  });
  expect([400, 413, 422]).toContain(answer.status());
  await new Registry(page).open({ q: tag });
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("a page whose program cannot be fetched says that it has stopped, and how to go on", async ({ page, api, tag, guard }) => {
  guard.allowOffline();
  guard.allow(/\/pkg\/|failed to load|panicked|unreachable|Failed to fetch/);
  await api.gateway({ name: `${tag} Alpha` });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await page.route("**/pkg/*.wasm", (route) => route.abort("connectionfailed"));
  await registry.link(`${tag} Alpha`).click();
  const stopped = page.getByRole("alert").filter({ hasText: "This page has stopped" });
  await expect(stopped).toBeVisible();
  await page.unroute("**/pkg/*.wasm");
  await stopped.getByRole("link", { name: "Reload the page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(stopped).toBeHidden();
});
