import { Type, type Static } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { domainError, type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { validator } from '#platform/kernel/validate.ts';
import { type AskedAbout, whoIsAskedAbout } from '#platform/identity/oidc/asked-about.ts';
import { callingClient, type CallingClient } from '#platform/identity/oidc/calling-client.ts';
import { DECIDE } from '#platform/identity/oidc/scopes.ts';
import { type Answer, answerQuestion, MOST_QUESTIONS, Question } from './client-questions.ts';
import { freshRules } from './rules.ts';

const PATH = '/authz/decide';
const ROUTE = `POST ${PATH}`;

const Batch = Type.Object(
  { questions: Type.Array(Question, { minItems: 1, maxItems: MOST_QUESTIONS }) },
  { additionalProperties: false },
);
type Batch = Static<typeof Batch>;

export const ClientTokenRequired = domainError({
  code: 'CLIENT_TOKEN_REQUIRED',
  status: 401,
  title: { zh: '需要接入应用的访问令牌', en: 'An access token of a registered system is needed' },
  action: {
    zh: '请以 client_credentials 或用户授权取得令牌，放入 Authorization: Bearer。',
    en: 'Get a token by client_credentials or with a person’s consent, and send it as Authorization: Bearer.',
  },
});
export const ClientScopeMissing = domainError({
  code: 'CLIENT_SCOPE_MISSING',
  status: 403,
  title: { zh: '这个应用没有获准询问权限', en: 'This system may not ask what somebody may do' },
  action: {
    zh: '请系统管理员为它登记“询问您能否办理某事”，并用范围 decide 取得令牌。',
    en: 'Have the system administrator register the scope “decide” for it, and get a token with that scope.',
  },
});

/**
 * Batch decisions for registered systems (接入应用批量判定, S11): may this person, from the post that they hold now, do this to
 * that. A system asks by its access token; what it learns is yes or no, a code and what it must heed, never whose post it is.
 */
export const decideForClients: Mount = {
  path: PATH,
  summary: { zh: '接入应用询问权限（批量）', en: 'Registered systems ask what somebody may do (batch)' },
  allow: 'public',
  register(server, kernel) {
    const check = validator(Batch, { convert: false });
    server.route({
      method: 'POST',
      url: PATH,
      bodyLimit: 128 * 1024,
      handler: async (request, reply) => {
        const { services } = kernel;
        const { authorization } = request.headers;
        const called = await callingClient({ authorization, scope: DECIDE, services });
        if (!called) {
          reply.header('www-authenticate', 'Bearer realm="decide"');
          throw ClientTokenRequired.with();
        }
        const { client, scoped } = called;
        const trace = request.id;
        if (!scoped) {
          await record({ client, services, trace, subjects: [], code: ClientScopeMissing.code });
          reply.header('www-authenticate', `Bearer realm="decide", error="insufficient_scope", scope="${DECIDE}"`);
          throw ClientScopeMissing.with();
        }
        const { value, faults } = check.check(request.body ?? {});
        const unnamed = faults.length > 0 ? faults : subjectFaults(client, value as Batch);
        if (unnamed.length > 0) throw InvalidInput.with({ fields: unnamed });
        const answers = await answer({ client, questions: (value as Batch).questions, services, trace });
        return reply.header('cache-control', 'no-store').send({ answers });
      },
    });
  },
};

/** By its own token a system says about whom; a person's token says it. */
function subjectFaults(client: CallingClient, { questions }: Batch): FieldFault[] {
  if (client.person) return [];
  return questions.flatMap(({ subject }, i) =>
    subject
      ? []
      : [
          {
            pointer: `/questions/${i}/subject`,
            rule: 'required',
            message: { zh: '必须写明问的是谁', en: 'say about whom it is' },
          },
        ],
  );
}

async function answer(asked: {
  client: CallingClient;
  questions: readonly Question[];
  services: Services;
  trace: string;
}): Promise<Answer[]> {
  const { client, questions, services, trace } = asked;
  await freshRules(services);
  const found = await whoIsAskedAbout({
    client,
    named: questions.flatMap(({ subject }) => subject ?? []),
    services,
  });
  const meant = ({ subject }: Question): AskedAbout | undefined => {
    if (subject === undefined) return found.own;
    return 'sub' in subject ? found.bySub.get(subject.sub) : found.byAccount.get(subject.account);
  };
  const pairs = questions.map((question) => ({ question, about: meant(question) }));
  const answers = pairs.map((pair) => answerQuestion({ ...pair, services }));
  const subjects = [
    ...new Map(pairs.flatMap(({ about }) => (about ? [[about.account, about] as const] : []))).values(),
  ];
  const allowed = answers.filter(({ decision }) => decision === 'allow').length;
  await record({ client, services, trace, subjects, counts: { questions: questions.length, allowed } });
  return answers;
}

/** One entry a batch: how many questions, about whom; the persons among them find it under who looked at their data. */
async function record(batch: {
  client: CallingClient;
  services: Services;
  trace: string;
  subjects: readonly AskedAbout[];
  counts?: { questions: number; allowed: number };
  code?: string;
}): Promise<void> {
  const { client, services, trace, subjects, counts, code } = batch;
  const [audit] = services.registry.provided(auditTrail);
  if (!audit) return;
  const actor = { ...systemActor({ name: `client:${client.id}`, trace }), name: client.name };
  const accounts = subjects.map(({ account }) => account).sort();
  const entry = {
    route: ROUTE,
    fields: [],
    subjects: subjects.flatMap(({ person }) => (person === undefined ? [] : [{ kind: 'person' as const, id: person }])),
    statement: counts && `questions ${counts.questions}, allowed ${counts.allowed}; accounts ${accounts.join(' ')}`,
  };
  await services.database.tx({ module: 'access', actor }, (db) =>
    audit.value.record(db, code === undefined ? { ...entry, outcome: 'read' } : { ...entry, outcome: 'refused', code }),
  );
}
