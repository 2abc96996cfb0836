/** Schemas, resource types and what this service provider can do (RFC 7643 §§ 5–7). */
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const MOST_RESULTS = 200;

type Attribute = Record<string, unknown>;
const attribute = (name: string, description: string, more: Attribute = {}): Attribute => ({
  name,
  type: 'string',
  multiValued: false,
  description,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

const USER_ATTRIBUTES = [
  attribute('userName', 'Account name (账号): lower case, never changes', {
    required: true,
    uniqueness: 'server',
    mutability: 'immutable',
  }),
  attribute('displayName', 'Name of the person (姓名)'),
  attribute('name', 'Name of the person', {
    type: 'complex',
    subAttributes: [attribute('formatted', 'The whole name, the same as displayName')],
  }),
  attribute('active', 'May sign in (启用); false ends sessions and assignments', { type: 'boolean' }),
  attribute('groups', 'Posts that the person holds now (岗位)', {
    type: 'complex',
    multiValued: true,
    mutability: 'readOnly',
    subAttributes: [
      attribute('value', 'Id of the post', { mutability: 'readOnly' }),
      attribute('display', 'Unit and post', { mutability: 'readOnly' }),
    ],
  }),
];
const GROUP_ATTRIBUTES = [
  attribute('displayName', 'Unit and post (单位 · 岗位); posts are set up by the staffing office', {
    mutability: 'readOnly',
  }),
  attribute('members', 'Who holds the post now, of the people of this source', {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', 'Id of the user', { mutability: 'immutable' }),
      attribute('display', 'Name', { mutability: 'readOnly' }),
    ],
  }),
];

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
export const schemas = (root: string) =>
  [
    { id: USER, name: 'User', description: 'Account of an official', attributes: USER_ATTRIBUTES },
    { id: GROUP, name: 'Group', description: 'Post in a unit', attributes: GROUP_ATTRIBUTES },
  ].map((schema) => ({
    schemas: [SCHEMA],
    ...schema,
    meta: { resourceType: 'Schema', location: `${root}/Schemas/${schema.id}` },
  }));

const RESOURCE_TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
export const resourceTypes = (root: string) =>
  [
    { id: 'User', name: 'User', endpoint: '/Users', schema: USER, description: 'Account of an official' },
    { id: 'Group', name: 'Group', endpoint: '/Groups', schema: GROUP, description: 'Post in a unit' },
  ].map((type) => ({
    schemas: [RESOURCE_TYPE],
    ...type,
    meta: { resourceType: 'ResourceType', location: `${root}/ResourceTypes/${type.id}` },
  }));

export const serviceProviderConfig = (root: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_RESULTS },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'Issued by the system administrator for one source system',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${root}/ServiceProviderConfig` },
});
