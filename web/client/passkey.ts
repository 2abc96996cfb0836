import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { call } from './fetch.ts';
import { asProblem, Problem } from './problem.ts';

/** Whether this browser can use passkeys here: it knows them, and the site has a name (browsers make none for an address). */
export function passkeysPossible(): boolean {
  return typeof PublicKeyCredential === 'function' && isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
}

// The library is loaded by those who use a passkey only.
const library = () => import('@simplewebauthn/browser');

/** The person closed the browser's question or let it run out: nothing happened, and nothing is to be explained. */
export const passkeyCancelled = (problem: Problem): boolean => problem.code === 'PASSKEY_CANCELLED';

async function asked<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError')
      throw new Problem({ code: 'PASSKEY_CANCELLED', title: '', status: 0 });
    throw asProblem(thrown);
  }
}

/** Makes a passkey on this device and registers it; recovery codes come with the first one. */
export async function registerPasskey(name: string): Promise<{ recoveryCodes: string[] }> {
  const { options } = await call<{ options: PublicKeyCredentialCreationOptionsJSON }>(
    '/api/identity/passkeys/options',
    {
      method: 'POST',
    },
  );
  const { startRegistration } = await library();
  const answer = await asked(startRegistration({ optionsJSON: options }));
  return call('/api/identity/passkeys', { method: 'POST', body: { name, answer } });
}

/** Proves with a passkey who is there: to sign in, or to raise the session. */
export async function provePasskey(
  path: '/api/identity/login/passkey' | '/api/identity/step-up/passkey',
): Promise<true> {
  const { options } = await call<{ options: PublicKeyCredentialRequestOptionsJSON }>(
    '/api/identity/passkeys/challenge',
    {
      method: 'POST',
    },
  );
  const { startAuthentication } = await library();
  const answer = await asked(startAuthentication({ optionsJSON: options }));
  // Signing in is the provider's step, whatever system it is for; the web gets its session by the provider's answer.
  const body = path === '/api/identity/login/passkey' ? { answer, forSystem: true } : { answer };
  await call(path, { method: 'POST', body });
  return true;
}
