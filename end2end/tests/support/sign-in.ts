// The pages before the product: signing in, and the change of the password.

import type { Locator, Page } from "@playwright/test";

export class SignInPage {
  readonly name: Locator;
  readonly password: Locator;
  readonly button: Locator;

  /** The page itself, or the dialog that asks for the same over another page. */
  constructor(page: Page, main = page.getByRole("main")) {
    this.name = main.getByLabel("Name");
    this.password = main.getByLabel("Password");
    this.button = main.getByRole("button", { name: "Sign in" });
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.name.fill(name);
    await this.password.fill(password);
    await this.button.click();
  }
}

export class PasswordPage {
  readonly present: Locator;
  readonly fresh: Locator;
  readonly again: Locator;
  readonly button: Locator;

  constructor(page: Page) {
    const main = page.getByRole("main");
    this.present = main.getByLabel(/^(Present|Current) password/);
    this.fresh = main.getByLabel(/^New password\s*\*?$/);
    this.again = main.getByLabel(/^New password again/);
    this.button = main.getByRole("button", { name: /^Change (the )?password$/ });
  }

  async change(present: string, fresh: string, again = fresh): Promise<void> {
    await this.present.fill(present);
    await this.fresh.fill(fresh);
    await this.again.fill(again);
    await this.button.click();
  }
}
