import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { inject } from 'vitest';

/** Debian's chromium; other systems name theirs in CHROMIUM. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  wall: { width: 3840, height: 1080 },
} as const;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, headless: true });
}

/** A browser with a profile of its own on the disk, as a phone has one: a private window can install nothing. Closed, it leaves nothing. */
export async function openInstalling(): Promise<BrowserContext> {
  const profile = await scratch();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    args: FLAGS,
    headless: true,
    viewport: SIZES.phone,
    locale: 'zh-CN',
    baseURL: inject('address'),
  });
  context.on('close', () => void rm(profile, { recursive: true, force: true, maxRetries: 3 }));
  return context;
}

/** A person at their own machine: a context of its own, signed in as a demo account unless none is named. */
export async function person(options: {
  browser: Browser;
  account?: string;
  size?: keyof typeof SIZES;
  elder?: boolean;
}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await options.browser.newContext({
    viewport: SIZES[options.size ?? 'desktop'],
    locale: 'zh-CN',
    baseURL: inject('address'),
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  if (options.account) {
    const list = (await (await context.request.get('/api/identity/demo-accounts')).json()) as {
      accounts: { account: string; password: string }[];
    };
    const found = list.accounts.find((a) => a.account === options.account);
    if (!found) throw new Error(`no demo account ${options.account}`);
    const reply = await context.request.post('/api/identity/login', {
      data: { account: found.account, password: found.password },
    });
    if (!reply.ok()) throw new Error(`sign-in failed: ${reply.status()} ${await reply.text()}`);
  }
  return { context, page };
}

/**
 * Opens a page and waits until no request has been open for half a second. The script of the map's worker does not count:
 * the browser's driver now and then misses its end although it was answered and runs, so its own "network idle" never comes.
 */
export async function openSettled(page: Page, path: string): Promise<void> {
  const open = new Set<Request>();
  let changed = Date.now();
  const begin = (request: Request) => {
    if (/-worker-[\w-]+\.mjs$/.test(request.url())) return;
    // A stream of the server stays open as long as the page does.
    if (request.resourceType() === 'eventsource') return;
    open.add(request);
    changed = Date.now();
  };
  const end = (request: Request) => {
    open.delete(request);
    changed = Date.now();
  };
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end);
  await page.goto(path);
  for (const limit = Date.now() + 45_000; open.size > 0 || Date.now() - changed < 500; ) {
    if (Date.now() > limit)
      throw new Error(`still open: ${[...open].map((r) => new URL(r.url()).pathname).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  page.off('request', begin).off('requestfinished', end).off('requestfailed', end);
}

/** Keeps a picture to be looked at by people; never compared. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.ARTIFACTS ?? join(import.meta.dirname, '..', 'artifacts');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

let axeSource: string | undefined;

/** Serious and critical findings of axe on the page as it stands. */
export async function axe(page: Page): Promise<string[]> {
  axeSource ??= await readFile(join(import.meta.dirname, '..', 'node_modules/axe-core/axe.min.js'), 'utf8');
  const found = (await page.evaluate(
    `(() => { ${axeSource}; return axe.run(document, { resultTypes: ['violations'] }); })()`,
  )) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map(
      (v) =>
        `${v.id}: ${v.nodes
          .map((n) => n.html.slice(0, 160))
          .slice(0, 3)
          .join(' | ')}`,
    );
}

/** Collects what the page's Content-Security-Policy stopped in the page. Workers tell nobody: see what they fetch. */
export async function watchPolicy(page: Page, into: string[]): Promise<void> {
  await page.exposeFunction('policyStopped', (what: string) => into.push(`policy: ${what}`));
  await page.addInitScript(() => {
    const tell = (globalThis as unknown as { policyStopped(what: string): void }).policyStopped;
    addEventListener('securitypolicyviolation', (event) =>
      tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy/i.test(message.text())) into.push(message.text());
  });
}

/** Pixels by which the page is wider than its window; 0 = nothing hangs out. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}

export async function scratch(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'smart-district-scratch-'));
}
