import { port, type Services } from '#platform/kernel/app.ts';

/**
 * Sends a short text to a phone (短信). The number comes from the record and never from whoever asks. Nobody provides it: the second means
 * is then a second officer.
 */
export type TextMessages = { send(options: { services: Services; phone: string; text: string }): Promise<void> };
export const textMessages = port<TextMessages>('service-hall.text-messages');
