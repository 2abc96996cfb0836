import { port, type Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Whether the matter is real (真实), practised (演练) or a trial (测试): the words of CAP 1.2. Only what is real reaches a citizen. */
export type MatterStatus = 'Actual' | 'Exercise' | 'Test';

/**
 * Who is told: the one account that the matter is of (当事人), an official who did something in it, or those who hold one of these posts in a
 * unit, `null` for the whole district. `but` is who did it: nobody is told of their own act.
 */
export type NoticeTo =
  | { party: string; status: MatterStatus }
  | { official: string; but?: string }
  | { posts: readonly string[]; unit: string | null; but?: string };

/** A notice (告知): words without anything personal, and where the reader finds the rest by their own rights. */
export type Notice = {
  /** Which telling it is: the same again changes nothing. */
  key: string;
  subject: string;
  path: string;
  title: Text;
  /** 2 wants somebody now, 3 soon, 4 is for information; quiet hours hold for all. */
  level: 2 | 3 | 4;
  /** It has to be told by rule (依规告知): nobody can unsubscribe from it. */
  binding?: boolean;
  to: NoticeTo;
};

/** Where notices about a kind of matter come from. It opens its own transaction; `data` is that of the event, ids only. */
export type NoticeSource = {
  about: 'case';
  read(options: { services: Services; data: Readonly<Record<string, string>> }): Promise<readonly Notice[]>;
};
export const noticeSource = port<NoticeSource>('signal.notice-source');
