import type { Reply } from '#web/client/reply.ts';

/** A reading of the card as the window's device has signed it (`peripherals/card-reading.ts`). */
export type Reading = {
  facts: {
    name: string;
    sex: '1' | '2';
    nation: string;
    birthDate: string;
    address: string;
    number: string;
    issuer: string;
    validFrom: string;
    validTo?: string;
  };
  signature: string;
};
export type Device = NonNullable<Reply<'/api/service-hall/counter'>['device']>;

/** How long a device may be silent before it counts as absent. */
const SILENT_MS = 8_000;

/** Why an agent did not do it: nobody answers, or there is no card. */
export class AgentSilent extends Error {
  readonly why: 'absent' | 'no-card';
  constructor(why: 'absent' | 'no-card') {
    super(why);
    this.why = why;
  }
}

/** Asks the agent of this desk: on the clerk's own machine, or the sample's simulator. It gets no cookie and no token of ours. */
async function ask<T>(agent: string, path: string, body?: object): Promise<T> {
  const reply = await fetch(`${agent}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    credentials: 'omit',
    signal: AbortSignal.timeout(SILENT_MS),
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (reply?.status === 409) throw new AgentSilent('no-card');
  if (!reply?.ok) throw new AgentSilent('absent');
  return (await reply.json()) as T;
}

/** Reads the card that lies on the reader, signed over what the server asks for this time. */
export async function readCard(agent: string, challenge: string): Promise<Reading> {
  const { reader } = await ask<{ reader: 'ready' | 'absent' }>(agent, 'status');
  if (reader === 'absent') throw new AgentSilent('absent');
  return ask<Reading>(agent, 'id-card', { challenge });
}

/** Scans what lies on the glass. */
export async function scanPage(agent: string): Promise<File> {
  const { name, mediaType, content } = await ask<{ name: string; mediaType: string; content: string }>(
    agent,
    'scan',
    {},
  );
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  return new File([bytes], name, { type: mediaType });
}

export const printPage = (agent: string, page: { title: string; lines: string[] }): Promise<unknown> =>
  ask(agent, 'print', page);
