// Generated from /openapi.json. Do not edit.
export type paths = {
  '/api/identity/me': {
    get: { /** 当前登录者 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            signedIn: boolean;
            account: string | null;
            name: string | null;
            kind: string | null;
            post: string | null;
            postTitle: {
              zh: string;
              en: string;
            } | null;
            unit: {
              code: string;
              name: string;
              nameEn: string;
            } | null;
            area: string | null;
            reach: string | null;
            assignment: string | null;
            caretaker: boolean;
            withoutPost: boolean;
            assignments: {
              id: string;
              post: {
                zh: string;
                en: string;
              };
              unit: {
                zh: string;
                en: string;
              };
              caretaker: boolean;
            }[];
            entrances: string[];
            sample: boolean;
            acting: ({
              delegation: string;
              name: string;
              ended: boolean;
              until: string | null;
              scopes: ({
                id: string;
                title: {
                  zh: string;
                  en: string;
                };
                page: string | null;
              })[];
            }) | null;
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/login': {
    get?: never;
    put?: never;
    post: { /** 登录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          account: string;
          password: string;
          code?: string;
          forSystem?: boolean;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            signedIn: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/logout': {
    get?: never;
    put?: never;
    post: { /** 退出登录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            signedIn: boolean;
          };
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/sessions': {
    get: { /** 我的登录会话 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            sessions: {
              id: string;
              device: string;
              createdAt: string;
              seenAt: string;
              current: boolean;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/sessions/{id}': {
    get?: never;
    put?: never;
    post?: never;
    delete: { /** 结束我的登录会话 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            ended: number;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/units': {
    get: { /** 组织机构 */
      parameters: {
        query?: {
          at?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            units: ({
              /** 单位标识 — Unit id */
              code: string;
              /** 单位类别 — Kind */
              kind: string;
              /** 上级单位 — Parent unit */
              parent: string | null;
              /** 辖区代码 — Area code */
              area: string | null;
              /** 单位名称 — Name */
              name: string;
              /** 英文名称 — English name */
              nameEn: string;
              /** 撤销时间 — Ended */
              endedAt: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/units/{code}/history': {
    get: { /** 机构沿革 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            versions: ({
              from: string | null;
              to: string | null;
              name: string;
              nameEn: string;
              parent: string | null;
            })[];
            predecessors: string[];
            successors: string[];
            today: string[];
          };
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/assignments': {
    get: { /** 我的岗位 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            assignments: ({
              id: string;
              when: 'now' | 'past' | 'coming';
              post: {
                zh: string;
                en: string;
              };
              unit: {
                code: string;
                name: string;
                nameEn: string;
              };
              area: string | null;
              acting: boolean;
              from: string | null;
              to: string | null;
              order: string | null;
              current: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/assignment': {
    get?: never;
    put: { /** 切换当前岗位 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          assignment: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            assignment: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/orders/preview': {
    get?: never;
    put?: never;
    post: { /** 预览调令的影响 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          body: {
            kind: 'move';
            account: string;
            post: string;
          } | {
            kind: 'acting';
            account: string;
            post: string;
            until: string;
          } | {
            kind: 'leave';
            account: string;
          } | {
            kind: 'rename';
            unit: string;
            name: string;
            nameEn: string;
          } | {
            kind: 'merge';
            units: string[];
            into: string;
          } | {
            kind: 'split';
            unit: string;
            into: {
              code: string;
              name: string;
              nameEn: string;
            }[];
            posts: Record<string, string>;
          } | {
            kind: 'abolish';
            unit: string;
          };
          effectiveAt?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            impact: {
              ends: {
                account: string;
                name: string;
                post: string;
                acting: boolean;
              }[];
              begins: ({
                account: string;
                name: string;
                post: string;
                acting: boolean;
                until: string | null;
              })[];
              units: ({
                code: string;
                name: string;
                change: 'begins' | 'changes' | 'ends';
                text: string;
              })[];
              posts: ({
                post: string;
                successor: string | null;
              })[];
              sessions: number;
              others: {
                title: {
                  zh: string;
                  en: string;
                };
                count: number;
              }[];
            };
            faults: {
              pointer: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/orders': {
    get: { /** 调令列表 */
      parameters: {
        query?: {
          state?: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'applied' | 'failed';
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            orders: ({
              id: string;
              no: string;
              kind: 'move' | 'acting' | 'leave' | 'rename' | 'merge' | 'split' | 'abolish';
              body: unknown;
              about: string;
              reason: string;
              effectiveAt: string;
              state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'applied' | 'failed';
              draftedBy: string;
              draftedAt: string;
              reviewedBy: string | null;
              reviewedAt: string | null;
              reviewNote: string | null;
              appliedAt: string | null;
              failedWhy: string | null;
              mayReview: boolean;
              mayWithdraw: boolean;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 拟调令 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          body: {
            kind: 'move';
            account: string;
            post: string;
          } | {
            kind: 'acting';
            account: string;
            post: string;
            until: string;
          } | {
            kind: 'leave';
            account: string;
          } | {
            kind: 'rename';
            unit: string;
            name: string;
            nameEn: string;
          } | {
            kind: 'merge';
            units: string[];
            into: string;
          } | {
            kind: 'split';
            unit: string;
            into: {
              code: string;
              name: string;
              nameEn: string;
            }[];
            posts: Record<string, string>;
          } | {
            kind: 'abolish';
            unit: string;
          };
          effectiveAt?: string;
          reason: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            no: string;
            kind: 'move' | 'acting' | 'leave' | 'rename' | 'merge' | 'split' | 'abolish';
            body: unknown;
            about: string;
            reason: string;
            effectiveAt: string;
            state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'applied' | 'failed';
            draftedBy: string;
            draftedAt: string;
            reviewedBy: string | null;
            reviewedAt: string | null;
            reviewNote: string | null;
            appliedAt: string | null;
            failedWhy: string | null;
            mayReview: boolean;
            mayWithdraw: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/orders/{id}': {
    get: { /** 调令 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            order: {
              id: string;
              no: string;
              kind: 'move' | 'acting' | 'leave' | 'rename' | 'merge' | 'split' | 'abolish';
              body: unknown;
              about: string;
              reason: string;
              effectiveAt: string;
              state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'applied' | 'failed';
              draftedBy: string;
              draftedAt: string;
              reviewedBy: string | null;
              reviewedAt: string | null;
              reviewNote: string | null;
              appliedAt: string | null;
              failedWhy: string | null;
              mayReview: boolean;
              mayWithdraw: boolean;
            };
            impact: ({
              ends: {
                account: string;
                name: string;
                post: string;
                acting: boolean;
              }[];
              begins: ({
                account: string;
                name: string;
                post: string;
                acting: boolean;
                until: string | null;
              })[];
              units: ({
                code: string;
                name: string;
                change: 'begins' | 'changes' | 'ends';
                text: string;
              })[];
              posts: ({
                post: string;
                successor: string | null;
              })[];
              sessions: number;
              others: {
                title: {
                  zh: string;
                  en: string;
                };
                count: number;
              }[];
            }) | null;
            faults: {
              pointer: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/orders/{id}/review': {
    get?: never;
    put?: never;
    post: { /** 审核调令 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          decision: 'approve' | 'refuse';
          note?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            no: string;
            kind: 'move' | 'acting' | 'leave' | 'rename' | 'merge' | 'split' | 'abolish';
            body: unknown;
            about: string;
            reason: string;
            effectiveAt: string;
            state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'applied' | 'failed';
            draftedBy: string;
            draftedAt: string;
            reviewedBy: string | null;
            reviewedAt: string | null;
            reviewNote: string | null;
            appliedAt: string | null;
            failedWhy: string | null;
            mayReview: boolean;
            mayWithdraw: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/orders/{id}/withdraw': {
    get?: never;
    put?: never;
    post: { /** 撤回调令 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            no: string;
            kind: 'move' | 'acting' | 'leave' | 'rename' | 'merge' | 'split' | 'abolish';
            body: unknown;
            about: string;
            reason: string;
            effectiveAt: string;
            state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'applied' | 'failed';
            draftedBy: string;
            draftedAt: string;
            reviewedBy: string | null;
            reviewedAt: string | null;
            reviewNote: string | null;
            appliedAt: string | null;
            failedWhy: string | null;
            mayReview: boolean;
            mayWithdraw: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/people': {
    get: { /** 人员与账号 */
      parameters: {
        query?: {
          q?: string;
          unit?: string;
          after?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            people: ({
              account: string;
              name: string;
              enabled: boolean;
              disabledWhy: string | null;
              waiting: boolean;
              sessions: number;
              posts: ({
                post: string;
                title: {
                  zh: string;
                  en: string;
                };
                unit: string;
                unitCode: string;
                acting: boolean;
                until: string | null;
              })[];
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 为新进人员建立账号 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          account: string;
          name: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            account: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/people/{account}/enabled': {
    get?: never;
    put: { /** 启用或停用账号 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          account: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          enabled: boolean;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            enabled: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/posts': {
    get: { /** 岗位 */
      parameters: {
        query?: {
          unit?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            posts: ({
              id: string;
              kind: string;
              title: {
                zh: string;
                en: string;
              };
              unit: string;
              area: string | null;
              reach: string;
              single: boolean;
              until: string | null;
              holders: {
                account: string;
                name: string;
                acting: boolean;
              }[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 设置岗位 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          kind: 'committee-worker' | 'street-clerk' | 'data-officer' | 'duty-officer' | 'security-auditor' | 'system-administrator' | 'security-administrator' | 'staffing-officer' | 'unit-head';
          unit: string;
          title?: string;
          single?: boolean;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/scim-sources': {
    get: { /** 人员来源系统 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            sources: ({
              id: string;
              name: string;
              assigns: boolean;
              people: number;
              createdAt: string;
              tokens: ({
                id: string;
                createdAt: string;
                expiresAt: string;
                usedAt: string | null;
                revokedAt: string | null;
              })[];
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记人员来源系统 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          name: string;
          assigns: boolean;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/scim-sources/{id}/tokens': {
    get?: never;
    put?: never;
    post: { /** 签发来源系统令牌 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            token: string;
            expiresAt: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/scim-tokens/{id}': {
    get?: never;
    put?: never;
    post?: never;
    delete: { /** 吊销来源系统令牌 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            revoked: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/demo-accounts': {
    get: { /** 演示账号 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            accounts: {
              account: string;
              password: string;
              name: string;
              kind: string;
              post: string;
              postEn: string;
              unit: string;
              unitEn: string;
            }[];
          };
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/sign-ins': {
    get: { /** 我的登录记录 */
      parameters: {
        query?: {
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entries: ({
              id: string;
              at: string;
              outcome: string;
              device: string | null;
              newDevice: boolean;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/second-factor': {
    get: { /** 我的验证方式 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            totpSince: string | null;
            passkeys: number;
            recoveryLeft: number;
            assurance: number;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/second-factor/totp': {
    get?: never;
    put?: never;
    post: { /** 开始启用动态码 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            uri: string;
            secret: string;
            until: string;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete: { /** 停用动态码 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            removed: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/second-factor/totp/confirm': {
    get?: never;
    put?: never;
    post: { /** 确认启用动态码 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          first: string;
          second: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            recoveryCodes: string[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/step-up': {
    get?: never;
    put?: never;
    post: { /** 二次验证 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          code: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            assurance: number;
            until: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/second-factor/recovery-codes': {
    get?: never;
    put?: never;
    post: { /** 重新生成恢复码 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            recoveryCodes: string[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/passkeys/options': {
    get?: never;
    put?: never;
    post: { /** 开始登记通行密钥 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            options: unknown;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/passkeys': {
    get: { /** 我的通行密钥 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            passkeys: ({
              id: string;
              name: string;
              createdAt: string;
              usedAt: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记通行密钥 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          name: string;
          answer: {
            id: string;
            rawId: string;
            type: 'public-key';
            response: {
              clientDataJSON: string;
              attestationObject: string;
              transports?: string[];
            };
          };
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            recoveryCodes: string[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/passkeys/challenge': {
    get?: never;
    put?: never;
    post: { /** 通行密钥挑战 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            options: unknown;
          };
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/login/passkey': {
    get?: never;
    put?: never;
    post: { /** 通行密钥登录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          answer: {
            id: string;
            rawId: string;
            type: 'public-key';
            response: {
              clientDataJSON: string;
              authenticatorData: string;
              signature: string;
              userHandle?: string;
            };
          };
          forSystem?: boolean;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            signedIn: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/step-up/passkey': {
    get?: never;
    put?: never;
    post: { /** 用通行密钥二次验证 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          answer: {
            id: string;
            rawId: string;
            type: 'public-key';
            response: {
              clientDataJSON: string;
              authenticatorData: string;
              signature: string;
              userHandle?: string;
            };
          };
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            assurance: number;
            until: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/password': {
    get?: never;
    put?: never;
    post: { /** 修改密码 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          current: string;
          next: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            changed: boolean;
            ended: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/passkeys/{id}': {
    get?: never;
    put?: never;
    post?: never;
    delete: { /** 移除通行密钥 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            removed: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/resets': {
    get: { /** 重置记录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            resets: ({
              id: string;
              account: string;
              name: string;
              what: string;
              way: string;
              proof: string;
              reason: string;
              requestedBy: string;
              requestedAt: string;
              confirmedBy: string | null;
              state: string;
              expiresAt: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 申请重置密码或两步验证 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          account: string;
          what: 'password' | 'all';
          proof: 'card' | 'unit-head' | 'video';
          reason: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            half: string;
            expiresAt: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/resets/{id}/confirm': {
    get?: never;
    put?: never;
    post: { /** 确认重置 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            half: string;
            expiresAt: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/resets/{id}/cancel': {
    get?: never;
    put?: never;
    post: { /** 撤销重置 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            cancelled: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/counter-resets': {
    get?: never;
    put?: never;
    post: { /** 为到场居民重置密码 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          account: string;
          idNumber: string;
          what: 'password' | 'all';
          reason: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            expiresAt: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/reset': {
    get?: never;
    put?: never;
    post: { /** 凭重置码设置新密码 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          account: string;
          code: string;
          password: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            changed: boolean;
            secondFactor: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/step-up/password': {
    get?: never;
    put?: never;
    post: { /** 用密码再验证一次 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          password: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            until: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/notices': {
    get: { /** 账号提醒 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            newDevices: ({
              at: string;
              device: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/notices/seen': {
    get?: never;
    put: { /** 知道了 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            seen: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/acting': {
    get?: never;
    put: { /** 开始替别人办理 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          delegation: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            name: string;
            scopes: string[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete: { /** 结束代办 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            acting: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/consents': {
    get: { /** 我授权过的应用 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            consents: {
              client: string;
              name: {
                zh: string;
                en: string;
              };
              unit: {
                zh: string;
                en: string;
              };
              scopes: {
                zh: string;
                en: string;
              }[];
              since: string;
              until: string;
              lasting: boolean;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/consents/{client}': {
    get?: never;
    put?: never;
    post?: never;
    delete: { /** 撤销授权 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          client: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            ended: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/sign-in-options': {
    get: { /** 登录方式 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            upstream: {
              zh: string;
              en: string;
            } | null;
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/clients': {
    get: { /** 接入应用 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            clients: ({
              id: string;
              kind: 'oidc' | 'cas';
              name: string;
              nameEn: string;
              unit: string | null;
              owner: string | null;
              redirectUris: string[];
              postLogoutRedirectUris: string[];
              backchannelLogoutUri: string | null;
              networks: string[];
              scopes: string[];
              consent: 'ask' | 'task';
              subjectType: 'pairwise' | 'public';
              leastLevel: number;
              unitName: string | null;
              confidential: boolean;
              enabled: boolean;
              changedAt: string;
            })[];
            scopes: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记接入应用 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          kind: 'oidc' | 'cas';
          confidential: boolean;
          name: string;
          nameEn: string;
          unit: string | null;
          owner: string | null;
          redirectUris: string[];
          postLogoutRedirectUris: string[];
          backchannelLogoutUri: string | null;
          networks: string[];
          scopes: string[];
          consent: 'ask' | 'task';
          subjectType: 'pairwise' | 'public';
          leastLevel: number;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            secret: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/clients/{id}': {
    get?: never;
    put: { /** 修改接入应用 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          name: string;
          nameEn: string;
          unit: string | null;
          owner: string | null;
          redirectUris: string[];
          postLogoutRedirectUris: string[];
          backchannelLogoutUri: string | null;
          networks: string[];
          scopes: string[];
          consent: 'ask' | 'task';
          subjectType: 'pairwise' | 'public';
          leastLevel: number;
          enabled: boolean;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            enabled: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/identity/clients/{id}/secret': {
    get?: never;
    put?: never;
    post: { /** 更换应用密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            secret: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/rulebook/entries': {
    get: { /** 规则库 */
      parameters: {
        query?: {
          on?: string;
          q?: string;
          unverified?: '1';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            on: string;
            rules: ({
              id: string;
              version: number;
              title: {
                zh: string;
                en: string;
              };
              value: (number | string | boolean) | ({
                columns: string[];
                rows: ((number | string | boolean)[])[];
              });
              unit: string | null;
              kind: 'law' | 'standard' | 'measure';
              source: {
                title: string;
                documentNo: string | null;
                article: string | null;
              };
              note: {
                zh: string;
                en: string;
              } | null;
              validFrom: string;
              validTo: string | null;
              verified: {
                name: string;
                on: string;
              } | null;
            })[];
            unverified: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/rulebook/entries/{id}': {
    get: { /** 规则详情与历次版本 */
      parameters: {
        query?: {
          on?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            on: string;
            applies: ({
              id: string;
              version: number;
              title: {
                zh: string;
                en: string;
              };
              value: (number | string | boolean) | ({
                columns: string[];
                rows: ((number | string | boolean)[])[];
              });
              unit: string | null;
              kind: 'law' | 'standard' | 'measure';
              source: {
                title: string;
                documentNo: string | null;
                article: string | null;
              };
              note: {
                zh: string;
                en: string;
              } | null;
              validFrom: string;
              validTo: string | null;
              verified: {
                name: string;
                on: string;
              } | null;
            }) | null;
            versions: (({
              id: string;
              version: number;
              title: {
                zh: string;
                en: string;
              };
              value: (number | string | boolean) | ({
                columns: string[];
                rows: ((number | string | boolean)[])[];
              });
              unit: string | null;
              kind: 'law' | 'standard' | 'measure';
              source: {
                title: string;
                documentNo: string | null;
                article: string | null;
              };
              note: {
                zh: string;
                en: string;
              } | null;
              validFrom: string;
              validTo: string | null;
              verified: {
                name: string;
                on: string;
              } | null;
            }) & {
              recordedAt: string;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/rulebook/entries/{id}/verify': {
    get?: never;
    put?: never;
    post: { /** 核实规则 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          version: number;
          validFrom: string;
          /** 如何核对 / how it was compared */
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            version: number;
            title: {
              zh: string;
              en: string;
            };
            value: (number | string | boolean) | ({
              columns: string[];
              rows: ((number | string | boolean)[])[];
            });
            unit: string | null;
            kind: 'law' | 'standard' | 'measure';
            source: {
              title: string;
              documentNo: string | null;
              article: string | null;
            };
            note: {
              zh: string;
              en: string;
            } | null;
            validFrom: string;
            validTo: string | null;
            verified: {
              name: string;
              on: string;
            } | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar/days': {
    get: { /** 全年工作日与节假日 */
      parameters: {
        query: {
          year: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            year: number;
            /** 假期安排是否已公布 / whether the official list is known */
            announced: boolean;
            source: 'package' | 'import' | null;
            document: string | null;
            announcedYears: number[];
            workingDays: number;
            days: ({
              date: string;
              kind: 'weekday' | 'weekend' | 'holiday' | 'make-up' | 'district-off' | 'district-work';
              working: boolean;
              name: string | null;
              /** false = 可能随假期安排公布而变 / may change with a list to come */
              settled: boolean;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar/due': {
    get: { /** 计算期限届满时间 */
      parameters: {
        query: {
          from: string;
          amount: number;
          unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 最后一日二十四时 / 24:00 of the last day */
            dueAt: string;
            amberAt: string;
            lastDay: string;
            provisional: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar/years': {
    get?: never;
    put?: never;
    post: { /** 录入年度节假日安排 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          year: number;
          /** 文号 / number of the notice */
          document: string;
          holidays: {
            date: string;
            name: string;
          }[];
          makeUpDays: {
            date: string;
            name: string;
          }[];
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            year: number;
            changed: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar/district-days': {
    get?: never;
    put?: never;
    post: { /** 设置区级工作日调整 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          date: string;
          kind: 'off' | 'work';
          reason: string;
          /** 依据文件 / document on which it rests */
          document: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            date: string;
            kind: 'off' | 'work' | 'none';
            reason: string;
            document: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar/district-days/{date}/withdraw': {
    get?: never;
    put?: never;
    post: { /** 撤回区级工作日调整 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          date: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
          document: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            date: string;
            kind: 'off' | 'work' | 'none';
            reason: string;
            document: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/purposes': {
    get: { /** 本岗位可用的使用目的 */
      parameters: {
        query?: {
          all?: '1';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            purposes: {
              code: string;
              title: {
                zh: string;
                en: string;
              };
              basis: {
                source: string;
                article: string;
                en: string;
              };
              /** false = 待核, no named person has verified the legal basis yet */
              verified: boolean;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/delegations': {
    get: { /** 我的代办 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            given: ({
              /** 编号 — Id */
              id: string;
              /** 依据 — Basis */
              basis: string;
              /** 委托人姓名 — Name of the giver */
              giverName: string;
              /** 委托给 — Offered to */
              toLabel: string;
              /** 代办人姓名 — Name of the taker */
              takerName: string | null;
              /** 代办事项 — Scopes */
              scopes: string[];
              /** 开始 — From */
              validFrom: string;
              /** 截止 — Until */
              validTo: string;
              /** 凭据 — Evidence */
              evidence: string;
              /** 状态 — State */
              state: string;
              /** 委托时间 — Offered at */
              offeredAt: string;
              /** 结束时间 — Ended at */
              endedAt: string | null;
              /** 结束原因 — Why it ended */
              endedWhy: string | null;
            })[];
            held: ({
              /** 编号 — Id */
              id: string;
              /** 依据 — Basis */
              basis: string;
              /** 委托人姓名 — Name of the giver */
              giverName: string;
              /** 委托给 — Offered to */
              toLabel: string;
              /** 代办人姓名 — Name of the taker */
              takerName: string | null;
              /** 代办事项 — Scopes */
              scopes: string[];
              /** 开始 — From */
              validFrom: string;
              /** 截止 — Until */
              validTo: string;
              /** 凭据 — Evidence */
              evidence: string;
              /** 状态 — State */
              state: string;
              /** 委托时间 — Offered at */
              offeredAt: string;
              /** 结束时间 — Ended at */
              endedAt: string | null;
              /** 结束原因 — Why it ended */
              endedWhy: string | null;
            })[];
            scopes: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              text: {
                zh: string;
                en: string;
              };
              givers: string[];
              page: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 委托别人代办 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          basis: 'consent' | 'helper' | 'agent';
          to: {
            account?: string;
            name?: string;
            phone?: string;
          };
          scopes: string[];
          until?: string;
          minutes?: number;
          evidence?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 依据 — Basis */
            basis: string;
            /** 委托人姓名 — Name of the giver */
            giverName: string;
            /** 委托给 — Offered to */
            toLabel: string;
            /** 代办人姓名 — Name of the taker */
            takerName: string | null;
            /** 代办事项 — Scopes */
            scopes: string[];
            /** 开始 — From */
            validFrom: string;
            /** 截止 — Until */
            validTo: string;
            /** 凭据 — Evidence */
            evidence: string;
            /** 状态 — State */
            state: string;
            /** 委托时间 — Offered at */
            offeredAt: string;
            /** 结束时间 — Ended at */
            endedAt: string | null;
            /** 结束原因 — Why it ended */
            endedWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/delegations/{id}/accept': {
    get?: never;
    put?: never;
    post: { /** 接受委托 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 依据 — Basis */
            basis: string;
            /** 委托人姓名 — Name of the giver */
            giverName: string;
            /** 委托给 — Offered to */
            toLabel: string;
            /** 代办人姓名 — Name of the taker */
            takerName: string | null;
            /** 代办事项 — Scopes */
            scopes: string[];
            /** 开始 — From */
            validFrom: string;
            /** 截止 — Until */
            validTo: string;
            /** 凭据 — Evidence */
            evidence: string;
            /** 状态 — State */
            state: string;
            /** 委托时间 — Offered at */
            offeredAt: string;
            /** 结束时间 — Ended at */
            endedAt: string | null;
            /** 结束原因 — Why it ended */
            endedWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/delegations/{id}/decline': {
    get?: never;
    put?: never;
    post: { /** 不接受委托 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 依据 — Basis */
            basis: string;
            /** 委托人姓名 — Name of the giver */
            giverName: string;
            /** 委托给 — Offered to */
            toLabel: string;
            /** 代办人姓名 — Name of the taker */
            takerName: string | null;
            /** 代办事项 — Scopes */
            scopes: string[];
            /** 开始 — From */
            validFrom: string;
            /** 截止 — Until */
            validTo: string;
            /** 凭据 — Evidence */
            evidence: string;
            /** 状态 — State */
            state: string;
            /** 委托时间 — Offered at */
            offeredAt: string;
            /** 结束时间 — Ended at */
            endedAt: string | null;
            /** 结束原因 — Why it ended */
            endedWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/delegations/{id}/end': {
    get?: never;
    put?: never;
    post: { /** 结束委托 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 依据 — Basis */
            basis: string;
            /** 委托人姓名 — Name of the giver */
            giverName: string;
            /** 委托给 — Offered to */
            toLabel: string;
            /** 代办人姓名 — Name of the taker */
            takerName: string | null;
            /** 代办事项 — Scopes */
            scopes: string[];
            /** 开始 — From */
            validFrom: string;
            /** 截止 — Until */
            validTo: string;
            /** 凭据 — Evidence */
            evidence: string;
            /** 状态 — State */
            state: string;
            /** 委托时间 — Offered at */
            offeredAt: string;
            /** 结束时间 — Ended at */
            endedAt: string | null;
            /** 结束原因 — Why it ended */
            endedWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/delegations/acts': {
    get: { /** 别人替我办了什么 */
      parameters: {
        query?: {
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            acts: ({
              id: string;
              at: string;
              delegation: string;
              /** name of the delegate */
              who: string;
              what: {
                zh: string;
                en: string;
              };
              outcome: 'done' | 'refused';
              /** why it was refused */
              code: string | null;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/guardianships': {
    get?: never;
    put?: never;
    post: { /** 登记监护代办 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          ward: {
            name: string;
            idNumber: string;
          };
          guardian: {
            name: string;
            idNumber: string;
          };
          scopes: string[];
          until?: string;
          evidence: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            validTo: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/guardianships/{id}/end': {
    get?: never;
    put?: never;
    post: { /** 终止监护代办 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/policies': {
    get: { /** 现行权限策略与用例结果 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            files: ({
              path: string;
              module: string;
              moduleTitle: {
                zh: string;
                en: string;
              };
              policies: ({
                id: string;
                effect: 'permit' | 'forbid';
                words: {
                  zh: string;
                  en: string;
                };
                /** Cedar */
                text: string;
                /** file below the repository root, or the district register */
                source: string;
              })[];
              cases: ({
                /** post */
                who: string;
                /** action */
                does: string;
                with?: {
                  reach?: 'own' | 'district';
                  assurance?: number;
                  unit?: string;
                  area?: string;
                  acting?: boolean;
                  kind?: string;
                  level?: number;
                  owner?: string;
                  own?: boolean;
                  attribute?: string;
                  disclosure?: 'card' | 'single';
                  purpose?: string;
                  purposeHeld?: boolean;
                  zone?: 'office' | 'internet';
                  /** moment */
                  at?: string;
                };
                expect: 'allow' | 'deny';
                /** policy that decides */
                by?: string;
                why: {
                  zh: string;
                  en: string;
                };
                passed: boolean;
                got: 'allow' | 'deny';
                reasons: string[];
              })[];
            })[];
            actions: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
              holders: {
                post: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
              policies: string[];
            }[];
            /** Cedar schema */
            vocabulary: string;
            counts: {
              policies: number;
              cases: number;
              failed: number;
            };
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/district-policies': {
    get: { /** 区级策略与各版本 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            policies: ({
              id: string;
              slug: string;
              version: number;
              /** Cedar; empty = withdraws the policy */
              text: string;
              cases: ({
                /** post */
                who: string;
                /** action */
                does: string;
                with?: {
                  reach?: 'own' | 'district';
                  assurance?: number;
                  unit?: string;
                  area?: string;
                  acting?: boolean;
                  kind?: string;
                  level?: number;
                  owner?: string;
                  own?: boolean;
                  attribute?: string;
                  disclosure?: 'card' | 'single';
                  purpose?: string;
                  purposeHeld?: boolean;
                  zone?: 'office' | 'internet';
                  /** moment */
                  at?: string;
                };
                expect: 'allow' | 'deny';
                /** policy that decides */
                by?: string;
                why: {
                  zh: string;
                  en: string;
                };
              })[];
              reason: string;
              /** draft, refused, in-force, waiting, replaced, ended */
              state: string;
              /** account */
              draftedBy: string;
              draftedName: string;
              draftedAt: string;
              /** drafted by the caller, who may not approve it */
              mine: boolean;
              decidedName: string | null;
              decidedAt: string | null;
              decision: string | null;
              validFrom: string;
              validTo: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 起草区级策略 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          slug: string;
          text: string;
          cases: ({
            /** post */
            who: string;
            /** action */
            does: string;
            with?: {
              reach?: 'own' | 'district';
              assurance?: number;
              unit?: string;
              area?: string;
              acting?: boolean;
              kind?: string;
              level?: number;
              owner?: string;
              own?: boolean;
              attribute?: string;
              disclosure?: 'card' | 'single';
              purpose?: string;
              purposeHeld?: boolean;
              zone?: 'office' | 'internet';
              /** moment */
              at?: string;
            };
            expect: 'allow' | 'deny';
            /** policy that decides */
            by?: string;
            why: {
              zh: string;
              en: string;
            };
          })[];
          reason: string;
          validFrom?: string;
          validTo?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            slug: string;
            version: number;
            /** Cedar; empty = withdraws the policy */
            text: string;
            cases: ({
              /** post */
              who: string;
              /** action */
              does: string;
              with?: {
                reach?: 'own' | 'district';
                assurance?: number;
                unit?: string;
                area?: string;
                acting?: boolean;
                kind?: string;
                level?: number;
                owner?: string;
                own?: boolean;
                attribute?: string;
                disclosure?: 'card' | 'single';
                purpose?: string;
                purposeHeld?: boolean;
                zone?: 'office' | 'internet';
                /** moment */
                at?: string;
              };
              expect: 'allow' | 'deny';
              /** policy that decides */
              by?: string;
              why: {
                zh: string;
                en: string;
              };
            })[];
            reason: string;
            /** draft, refused, in-force, waiting, replaced, ended */
            state: string;
            /** account */
            draftedBy: string;
            draftedName: string;
            draftedAt: string;
            /** drafted by the caller, who may not approve it */
            mine: boolean;
            decidedName: string | null;
            decidedAt: string | null;
            decision: string | null;
            validFrom: string;
            validTo: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/district-policies/check': {
    get?: never;
    put?: never;
    post: { /** 试运行区级策略 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          slug: string;
          text: string;
          cases: ({
            /** post */
            who: string;
            /** action */
            does: string;
            with?: {
              reach?: 'own' | 'district';
              assurance?: number;
              unit?: string;
              area?: string;
              acting?: boolean;
              kind?: string;
              level?: number;
              owner?: string;
              own?: boolean;
              attribute?: string;
              disclosure?: 'card' | 'single';
              purpose?: string;
              purposeHeld?: boolean;
              zone?: 'office' | 'internet';
              /** moment */
              at?: string;
            };
            expect: 'allow' | 'deny';
            /** policy that decides */
            by?: string;
            why: {
              zh: string;
              en: string;
            };
          })[];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            faults: {
              source: string;
              policy?: string;
              message: string;
            }[];
            results: ({
              /** post */
              who: string;
              /** action */
              does: string;
              with?: {
                reach?: 'own' | 'district';
                assurance?: number;
                unit?: string;
                area?: string;
                acting?: boolean;
                kind?: string;
                level?: number;
                owner?: string;
                own?: boolean;
                attribute?: string;
                disclosure?: 'card' | 'single';
                purpose?: string;
                purposeHeld?: boolean;
                zone?: 'office' | 'internet';
                /** moment */
                at?: string;
              };
              expect: 'allow' | 'deny';
              /** policy that decides */
              by?: string;
              why: {
                zh: string;
                en: string;
              };
              passed: boolean;
              got: 'allow' | 'deny';
              reasons: string[];
            })[];
            /** shipped cases that would come out differently */
            changes: ({
              /** post */
              who: string;
              /** action */
              does: string;
              with?: {
                reach?: 'own' | 'district';
                assurance?: number;
                unit?: string;
                area?: string;
                acting?: boolean;
                kind?: string;
                level?: number;
                owner?: string;
                own?: boolean;
                attribute?: string;
                disclosure?: 'card' | 'single';
                purpose?: string;
                purposeHeld?: boolean;
                zone?: 'office' | 'internet';
                /** moment */
                at?: string;
              };
              expect: 'allow' | 'deny';
              /** policy that decides */
              by?: string;
              why: {
                zh: string;
                en: string;
              };
              passed: boolean;
              got: 'allow' | 'deny';
              reasons: string[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/district-policies/{id}/approve': {
    get?: never;
    put?: never;
    post: { /** 批准区级策略 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            slug: string;
            version: number;
            /** Cedar; empty = withdraws the policy */
            text: string;
            cases: ({
              /** post */
              who: string;
              /** action */
              does: string;
              with?: {
                reach?: 'own' | 'district';
                assurance?: number;
                unit?: string;
                area?: string;
                acting?: boolean;
                kind?: string;
                level?: number;
                owner?: string;
                own?: boolean;
                attribute?: string;
                disclosure?: 'card' | 'single';
                purpose?: string;
                purposeHeld?: boolean;
                zone?: 'office' | 'internet';
                /** moment */
                at?: string;
              };
              expect: 'allow' | 'deny';
              /** policy that decides */
              by?: string;
              why: {
                zh: string;
                en: string;
              };
            })[];
            reason: string;
            /** draft, refused, in-force, waiting, replaced, ended */
            state: string;
            /** account */
            draftedBy: string;
            draftedName: string;
            draftedAt: string;
            /** drafted by the caller, who may not approve it */
            mine: boolean;
            decidedName: string | null;
            decidedAt: string | null;
            decision: string | null;
            validFrom: string;
            validTo: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/district-policies/{id}/refuse': {
    get?: never;
    put?: never;
    post: { /** 不批准区级策略 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            slug: string;
            version: number;
            /** Cedar; empty = withdraws the policy */
            text: string;
            cases: ({
              /** post */
              who: string;
              /** action */
              does: string;
              with?: {
                reach?: 'own' | 'district';
                assurance?: number;
                unit?: string;
                area?: string;
                acting?: boolean;
                kind?: string;
                level?: number;
                owner?: string;
                own?: boolean;
                attribute?: string;
                disclosure?: 'card' | 'single';
                purpose?: string;
                purposeHeld?: boolean;
                zone?: 'office' | 'internet';
                /** moment */
                at?: string;
              };
              expect: 'allow' | 'deny';
              /** policy that decides */
              by?: string;
              why: {
                zh: string;
                en: string;
              };
            })[];
            reason: string;
            /** draft, refused, in-force, waiting, replaced, ended */
            state: string;
            /** account */
            draftedBy: string;
            draftedName: string;
            draftedAt: string;
            /** drafted by the caller, who may not approve it */
            mine: boolean;
            decidedName: string | null;
            decidedAt: string | null;
            decision: string | null;
            validFrom: string;
            validTo: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/decide': {
    get?: never;
    put?: never;
    post: { /** 批量判定权限 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          questions: ({
            post: 'citizen' | 'enterprise-agent' | 'committee-worker' | 'street-clerk' | 'data-officer' | 'duty-officer' | 'security-auditor' | 'system-administrator' | 'security-administrator' | 'staffing-officer' | 'unit-head';
            action: string;
            with?: {
              reach?: 'own' | 'district';
              assurance?: number;
              unit?: string;
              area?: string;
              acting?: boolean;
              kind?: string;
              level?: number;
              owner?: string;
              own?: boolean;
              attribute?: string;
              disclosure?: 'card' | 'single';
              purpose?: string;
              purposeHeld?: boolean;
              zone?: 'office' | 'internet';
              /** moment */
              at?: string;
            };
          })[];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            answers: {
              allowed: boolean;
              reasons: string[];
            }[];
            /** every policy that is a reason above */
            policies: ({
              id: string;
              effect: 'permit' | 'forbid';
              words: {
                zh: string;
                en: string;
              };
              /** Cedar */
              text: string;
              /** file below the repository root, or the district register */
              source: string;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/explain': {
    get: { /** 谁可以看，为什么 */
      parameters: {
        query?: {
          resource?: string;
          action?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            title: {
              zh: string;
              en: string;
            };
            resource: ({
              id: string;
              level: string;
              owner: string;
              scope: 'area' | 'unit' | null;
            }) | null;
            actions: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              holders: {
                post: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
              policies: ({
                id: string;
                effect: 'permit' | 'forbid';
                words: {
                  zh: string;
                  en: string;
                };
                /** Cedar */
                text: string;
                /** file below the repository root, or the district register */
                source: string;
              })[];
              routes: {
                id: string;
                title: {
                  zh: string;
                  en: string;
                };
                self: boolean;
                level: string;
              }[];
            })[];
            /** under which the holders may read personal data */
            purposes: {
              code: string;
              title: {
                zh: string;
                en: string;
              };
              posts: string[];
              verified: boolean;
            }[];
            takers: {
              module: string;
              title: {
                zh: string;
                en: string;
              };
              why: {
                zh: string;
                en: string;
              };
              fields: string[];
              purposes: string[];
            }[];
            card: ({
              assurance: number | null;
              /** every policy that decides about an attribute below */
              policies: ({
                id: string;
                effect: 'permit' | 'forbid';
                words: {
                  zh: string;
                  en: string;
                };
                /** Cedar */
                text: string;
                /** file below the repository root, or the district register */
                source: string;
              })[];
              attributes: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                level: string;
                disclosure: 'card' | 'single';
                /** what the caller sees on the card of somebody else */
                you: 'clear' | 'masked' | 'hidden';
                /** policies behind it; none = no policy lets the caller see more */
                why: string[];
                /** the caller may open it by itself, under a purpose that the post holds */
                mayOpen: boolean;
                clear: {
                  post: string;
                  title: {
                    zh: string;
                    en: string;
                  };
                }[];
                /** see a mask */
                masked: {
                  post: string;
                  title: {
                    zh: string;
                    en: string;
                  };
                }[];
                opens: {
                  post: string;
                  title: {
                    zh: string;
                    en: string;
                  };
                }[];
              })[];
            }) | null;
            choices: {
              resources: {
                id: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
              actions: {
                id: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
            };
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/refusals': {
    get: { /** 我被拒绝的操作 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            refusals: {
              trace: string;
              at: string;
              what: {
                zh: string;
                en: string;
              };
              code: string;
              why: {
                zh: string;
                en: string;
              };
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/refusals/{trace}': {
    get: { /** 为什么被拒绝 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          trace: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            trace: string;
            at: string;
            what: {
              zh: string;
              en: string;
            };
            action: {
              zh: string;
              en: string;
            };
            code: string;
            post: {
              zh: string;
              en: string;
            } | null;
            purpose: string | null;
            why: {
              zh: string;
              en: string;
            };
            who: {
              zh: string;
              en: string;
            };
            /** policies that refused, as they are now */
            rules: ({
              id: string;
              effect: 'permit' | 'forbid';
              words: {
                zh: string;
                en: string;
              };
              /** Cedar */
              text: string;
              /** file below the repository root, or the district register */
              source: string;
            })[];
            /** policies that refused and are no longer in force */
            gone: string[];
            holders: {
              post: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
            owner: string | null;
            /** open to the post */
            purposes: {
              code: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/purpose-register': {
    get: { /** 使用目的登记册 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            purposes: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              basis: {
                source: string;
                article: string;
                en: string;
              };
              posts: {
                post: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
              /** false = 待核, no named person has verified the legal basis yet */
              verified: boolean;
              verifiedName: string | null;
              addedName: string | null;
              addedAt: string | null;
              reason: string | null;
              retiredName: string | null;
              retiredAt: string | null;
              retiredWhy: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记使用目的 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          code: string;
          title: {
            zh: string;
            en: string;
          };
          basis: {
            source: string;
            article: string;
            en: string;
          };
          posts: ('citizen' | 'enterprise-agent' | 'committee-worker' | 'street-clerk' | 'data-officer' | 'duty-officer' | 'security-auditor' | 'system-administrator' | 'security-administrator' | 'staffing-officer' | 'unit-head')[];
          reason: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            title: {
              zh: string;
              en: string;
            };
            basis: {
              source: string;
              article: string;
              en: string;
            };
            posts: {
              post: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
            /** false = 待核, no named person has verified the legal basis yet */
            verified: boolean;
            verifiedName: string | null;
            addedName: string | null;
            addedAt: string | null;
            reason: string | null;
            retiredName: string | null;
            retiredAt: string | null;
            retiredWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/purpose-register/{code}/verify': {
    get?: never;
    put?: never;
    post: { /** 核验使用目的的法律依据 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            title: {
              zh: string;
              en: string;
            };
            basis: {
              source: string;
              article: string;
              en: string;
            };
            posts: {
              post: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
            /** false = 待核, no named person has verified the legal basis yet */
            verified: boolean;
            verifiedName: string | null;
            addedName: string | null;
            addedAt: string | null;
            reason: string | null;
            retiredName: string | null;
            retiredAt: string | null;
            retiredWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/purpose-register/{code}/retire': {
    get?: never;
    put?: never;
    post: { /** 停用使用目的 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            title: {
              zh: string;
              en: string;
            };
            basis: {
              source: string;
              article: string;
              en: string;
            };
            posts: {
              post: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
            /** false = 待核, no named person has verified the legal basis yet */
            verified: boolean;
            verifiedName: string | null;
            addedName: string | null;
            addedAt: string | null;
            reason: string | null;
            retiredName: string | null;
            retiredAt: string | null;
            retiredWhy: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/duty-conflicts': {
    get: { /** 职责冲突检查 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            rules: {
              id: string;
              kind: string;
              words: {
                zh: string;
                en: string;
              };
            }[];
            findings: ({
              rule: string;
              words: {
                zh: string;
                en: string;
              };
              post: {
                zh: string;
                en: string;
              } | null;
              person: {
                name: string;
                accounts: string[];
                posts: {
                  zh: string;
                  en: string;
                }[];
              } | null;
              /** the two posts or actions that meet */
              between: {
                zh: string;
                en: string;
              }[];
            })[];
            checked: {
              policies: number;
              assignments: number;
            };
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/break-glass/targets': {
    get: { /** 可以紧急调阅的内容 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            targets: {
              action: string;
              kind: string;
              title: {
                zh: string;
                en: string;
              };
              page: string;
              level: number;
            }[];
            hours: number;
            shortestReason: number;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/break-glass': {
    get: { /** 紧急调阅记录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entries: ({
              id: string;
              number: string;
              /** who asked */
              name: string;
              post: string;
              unit: string | null;
              action: string;
              reason: string;
              caseNo: string | null;
              ownerUnit: string;
              /** masked numbers of the subjects, in their order */
              labels: string[];
              /** waiting (for a second person), open, ended */
              state: string;
              needsSecond: boolean;
              secondName: string | null;
              askedAt: string;
              openedAt: string | null;
              expiresAt: string | null;
              reviewDue: string;
              reviewedName: string | null;
              reviewedAt: string | null;
              verdict: string | null;
              verdictNote: string | null;
              /** not reviewed in time */
              overdue: boolean;
              mine: boolean;
              mayConfirm: boolean;
              mayReview: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 紧急调阅 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          action: string;
          numbers: string[];
          reason: string;
          caseNo?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            number: string;
            /** who asked */
            name: string;
            post: string;
            unit: string | null;
            action: string;
            reason: string;
            caseNo: string | null;
            ownerUnit: string;
            /** masked numbers of the subjects, in their order */
            labels: string[];
            /** waiting (for a second person), open, ended */
            state: string;
            needsSecond: boolean;
            secondName: string | null;
            askedAt: string;
            openedAt: string | null;
            expiresAt: string | null;
            reviewDue: string;
            reviewedName: string | null;
            reviewedAt: string | null;
            verdict: string | null;
            verdictNote: string | null;
            /** not reviewed in time */
            overdue: boolean;
            mine: boolean;
            mayConfirm: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/break-glass/{id}/confirm': {
    get?: never;
    put?: never;
    post: { /** 确认紧急调阅（第二人） */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            number: string;
            /** who asked */
            name: string;
            post: string;
            unit: string | null;
            action: string;
            reason: string;
            caseNo: string | null;
            ownerUnit: string;
            /** masked numbers of the subjects, in their order */
            labels: string[];
            /** waiting (for a second person), open, ended */
            state: string;
            needsSecond: boolean;
            secondName: string | null;
            askedAt: string;
            openedAt: string | null;
            expiresAt: string | null;
            reviewDue: string;
            reviewedName: string | null;
            reviewedAt: string | null;
            verdict: string | null;
            verdictNote: string | null;
            /** not reviewed in time */
            overdue: boolean;
            mine: boolean;
            mayConfirm: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/break-glass/{id}/end': {
    get?: never;
    put?: never;
    post: { /** 结束紧急调阅 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            number: string;
            /** who asked */
            name: string;
            post: string;
            unit: string | null;
            action: string;
            reason: string;
            caseNo: string | null;
            ownerUnit: string;
            /** masked numbers of the subjects, in their order */
            labels: string[];
            /** waiting (for a second person), open, ended */
            state: string;
            needsSecond: boolean;
            secondName: string | null;
            askedAt: string;
            openedAt: string | null;
            expiresAt: string | null;
            reviewDue: string;
            reviewedName: string | null;
            reviewedAt: string | null;
            verdict: string | null;
            verdictNote: string | null;
            /** not reviewed in time */
            overdue: boolean;
            mine: boolean;
            mayConfirm: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/break-glass/{id}/review': {
    get?: never;
    put?: never;
    post: { /** 复核紧急调阅 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          verdict: 'justified' | 'not-justified';
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            number: string;
            /** who asked */
            name: string;
            post: string;
            unit: string | null;
            action: string;
            reason: string;
            caseNo: string | null;
            ownerUnit: string;
            /** masked numbers of the subjects, in their order */
            labels: string[];
            /** waiting (for a second person), open, ended */
            state: string;
            needsSecond: boolean;
            secondName: string | null;
            askedAt: string;
            openedAt: string | null;
            expiresAt: string | null;
            reviewDue: string;
            reviewedName: string | null;
            reviewedAt: string | null;
            verdict: string | null;
            verdictNote: string | null;
            /** not reviewed in time */
            overdue: boolean;
            mine: boolean;
            mayConfirm: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/consents': {
    get: { /** 我的数据授权 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            consents: ({
              id: string;
              number: string;
              /** 授权人 — Person */
              subjectPerson: string | null;
              /** 授权企业 — Enterprise */
              subjectEntity: string | null;
              recipient: string;
              recipientName: string;
              /** 数据项 — Items */
              items: string[];
              purpose: string;
              purposeTitle: {
                zh: string;
                en: string;
              };
              mode: string;
              /** active, waiting, used, revoked, expired */
              state: string;
              validFrom: string;
              validTo: string;
              givenAt: string;
              revokedAt: string | null;
              licence: string | null;
              /** the text that was signed */
              statement: string;
              /** SM2 with SM3, DER, hexadecimal */
              signature: string;
              signatureHolds: boolean;
              uses: {
                at: string;
                module: string;
                items: string[];
              }[];
            })[];
            items: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
              level: string;
            }[];
            purposes: {
              code: string;
              title: {
                zh: string;
                en: string;
              };
              verified: boolean;
            }[];
            longestDays: number;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 授权第三方取用我的数据 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          /** 统一社会信用代码 / unified social credit code */
          recipient: string;
          recipientName: string;
          purpose: string;
          items: string[];
          mode: 'once' | 'continuous';
          days: number;
          /** 电子亮证记录号 / reference of the city e-licence */
          licence?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            number: string;
            /** 授权人 — Person */
            subjectPerson: string | null;
            /** 授权企业 — Enterprise */
            subjectEntity: string | null;
            recipient: string;
            recipientName: string;
            /** 数据项 — Items */
            items: string[];
            purpose: string;
            purposeTitle: {
              zh: string;
              en: string;
            };
            mode: string;
            /** active, waiting, used, revoked, expired */
            state: string;
            validFrom: string;
            validTo: string;
            givenAt: string;
            revokedAt: string | null;
            licence: string | null;
            /** the text that was signed */
            statement: string;
            /** SM2 with SM3, DER, hexadecimal */
            signature: string;
            signatureHolds: boolean;
            uses: {
              at: string;
              module: string;
              items: string[];
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/consents/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 撤回授权 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            number: string;
            /** 授权人 — Person */
            subjectPerson: string | null;
            /** 授权企业 — Enterprise */
            subjectEntity: string | null;
            recipient: string;
            recipientName: string;
            /** 数据项 — Items */
            items: string[];
            purpose: string;
            purposeTitle: {
              zh: string;
              en: string;
            };
            mode: string;
            /** active, waiting, used, revoked, expired */
            state: string;
            validFrom: string;
            validTo: string;
            givenAt: string;
            revokedAt: string | null;
            licence: string | null;
            /** the text that was signed */
            statement: string;
            /** SM2 with SM3, DER, hexadecimal */
            signature: string;
            signatureHolds: boolean;
            uses: {
              at: string;
              module: string;
              items: string[];
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/certification': {
    get: { /** 权限复核清单 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entries: ({
              id: string;
              quarter: string;
              unit: string;
              account: string;
              name: string;
              post: {
                zh: string;
                en: string;
              };
              due: string;
              /** open, confirmed, withdrawn, lapsed */
              state: string;
              decidedName: string | null;
              decidedAt: string | null;
              note: string | null;
              mayDecide: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/access/certification/{id}': {
    get?: never;
    put?: never;
    post: { /** 复核一项权限 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          verdict: 'confirmed' | 'withdrawn';
          note?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            quarter: string;
            unit: string;
            account: string;
            name: string;
            post: {
              zh: string;
              en: string;
            };
            due: string;
            /** open, confirmed, withdrawn, lapsed */
            state: string;
            decidedName: string | null;
            decidedAt: string | null;
            note: string | null;
            mayDecide: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/audit/entries': {
    get: { /** 检索审计日志 */
      parameters: {
        query?: {
          account?: string;
          unit?: string;
          purpose?: string;
          outcome?: 'read' | 'changed' | 'refused';
          subject?: string;
          from?: string;
          to?: string;
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entries: (({
              /** 编号 — Id */
              id: string;
              /** 时间 — Time */
              at: string;
              /** 账号 — Account */
              account: string;
              /** 姓名 — Name */
              name: string;
              /** 岗位 — Post */
              post: string | null;
              /** 单位 — Unit */
              unit: string | null;
              /** 用途 — Purpose */
              purpose: string | null;
              /** 代办授权 — Delegation */
              behalf: string | null;
              /** 模块 — Module */
              module: string;
              /** 操作 — Operation */
              route: string;
              /** 数据资源 — Resources */
              resources: string[];
              /** 数据项 — Fields */
              fields: string[];
              /** 数据级别 — Level of the data */
              level: string;
              /** 结果 — Outcome */
              outcome: string;
              /** 拒绝原因 — Why it was refused */
              code: string | null;
              /** 涉及对象数 — Number of subjects */
              subjects: number;
            }) & {
              what: {
                zh: string;
                en: string;
              };
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/audit/chain': {
    get: { /** 审计封存状态 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            last: ({
              seq: number;
              at: string;
              hash: string;
              key: string | null;
            }) | null;
            waiting: number;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/audit/verify': {
    get?: never;
    put?: never;
    post: { /** 核验审计日志 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            ok: boolean;
            from: number;
            to: number;
            rows: number;
            fault: ({
              reason: string;
              seal: number;
              row: string | null;
            }) | null;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/objection/objections/own': {
    get: { /** 我提出的异议 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            objections: ({
              /** 编号 — Id */
              id: string;
              /** 查看记录 — Entry */
              accessId: string;
              /** 异议内容 — Objection */
              text: string;
              /** 提出时间 — Filed at */
              filedAt: string;
              /** 查看人 — Who looked */
              lookerName: string;
              /** 查看单位 — Unit that looked */
              lookerUnit: string | null;
              /** 查看时间 — Looked at */
              lookedAt: string;
              /** 办理方 — Whose task */
              addressee: string;
              /** 状态 — State */
              state: string;
              /** 结论 — Finding */
              finding: string | null;
              /** 答复 — Answer */
              answer: string | null;
              /** 答复人 — Answered by */
              answeredName: string | null;
              /** 办结时间 — Closed at */
              closedAt: string | null;
              look: {
                what: {
                  zh: string;
                  en: string;
                };
                purpose: {
                  zh: string;
                  en: string;
                } | null;
                basis: {
                  zh: string;
                  en: string;
                } | null;
                items: {
                  zh: string;
                  en: string;
                }[];
              };
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/objection/objections': {
    get: { /** 待答复的异议 */
      parameters: {
        query?: {
          state?: 'open' | 'answered' | 'withdrawn';
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            objections: ({
              /** 编号 — Id */
              id: string;
              /** 查看记录 — Entry */
              accessId: string;
              /** 异议内容 — Objection */
              text: string;
              /** 提出时间 — Filed at */
              filedAt: string;
              /** 查看人 — Who looked */
              lookerName: string;
              /** 查看单位 — Unit that looked */
              lookerUnit: string | null;
              /** 查看时间 — Looked at */
              lookedAt: string;
              /** 办理方 — Whose task */
              addressee: string;
              /** 状态 — State */
              state: string;
              /** 结论 — Finding */
              finding: string | null;
              /** 答复 — Answer */
              answer: string | null;
              /** 答复人 — Answered by */
              answeredName: string | null;
              /** 办结时间 — Closed at */
              closedAt: string | null;
              /** 异议人 — Objector */
              objectorPerson: string | null;
              /** 异议企业 — Objecting enterprise */
              objectorEntity: string | null;
              /** 异议人姓名 — Name of the objector */
              objectorName: string;
              look: {
                what: {
                  zh: string;
                  en: string;
                };
                purpose: {
                  zh: string;
                  en: string;
                } | null;
                basis: {
                  zh: string;
                  en: string;
                } | null;
                items: {
                  zh: string;
                  en: string;
                }[];
              };
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              /** false: the caller looked, or it is closed */
              mayAnswer: boolean;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 对一次查看提出异议 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          entry: string;
          text: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 查看记录 — Entry */
            accessId: string;
            /** 异议内容 — Objection */
            text: string;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 查看人 — Who looked */
            lookerName: string;
            /** 查看单位 — Unit that looked */
            lookerUnit: string | null;
            /** 查看时间 — Looked at */
            lookedAt: string;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 结论 — Finding */
            finding: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            look: {
              what: {
                zh: string;
                en: string;
              };
              purpose: {
                zh: string;
                en: string;
              } | null;
              basis: {
                zh: string;
                en: string;
              } | null;
              items: {
                zh: string;
                en: string;
              }[];
            };
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/objection/objections/{id}/answer': {
    get?: never;
    put?: never;
    post: { /** 答复异议 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
          'X-Purpose': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          finding: 'justified' | 'not-justified';
          text: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 查看记录 — Entry */
            accessId: string;
            /** 异议内容 — Objection */
            text: string;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 查看人 — Who looked */
            lookerName: string;
            /** 查看单位 — Unit that looked */
            lookerUnit: string | null;
            /** 查看时间 — Looked at */
            lookedAt: string;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 结论 — Finding */
            finding: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            /** 异议人 — Objector */
            objectorPerson: string | null;
            /** 异议企业 — Objecting enterprise */
            objectorEntity: string | null;
            /** 异议人姓名 — Name of the objector */
            objectorName: string;
            look: {
              what: {
                zh: string;
                en: string;
              };
              purpose: {
                zh: string;
                en: string;
              } | null;
              basis: {
                zh: string;
                en: string;
              } | null;
              items: {
                zh: string;
                en: string;
              }[];
            };
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            /** false: the caller looked, or it is closed */
            mayAnswer: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/objection/objections/{id}/withdraw': {
    get?: never;
    put?: never;
    post: { /** 撤回异议 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 查看记录 — Entry */
            accessId: string;
            /** 异议内容 — Objection */
            text: string;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 查看人 — Who looked */
            lookerName: string;
            /** 查看单位 — Unit that looked */
            lookerUnit: string | null;
            /** 查看时间 — Looked at */
            lookedAt: string;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 结论 — Finding */
            finding: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            look: {
              what: {
                zh: string;
                en: string;
              };
              purpose: {
                zh: string;
                en: string;
              } | null;
              basis: {
                zh: string;
                en: string;
              } | null;
              items: {
                zh: string;
                en: string;
              }[];
            };
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/items': {
    get: { /** 查找信息资源 */
      parameters: {
        query?: {
          q?: string;
          level?: string;
          owner?: string;
          sharing?: string;
          badge?: string;
          held?: string;
          page?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            items: ({
              id: string;
              kind: 'resource' | 'entry';
              code: string | null;
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              owner: string;
              level: string;
              sharing: string;
              opening: string;
              updates: string;
              badge: string | null;
              fields: number;
              takers: number;
              matched: {
                zh: string;
                en: string;
              }[];
            })[];
            total: number;
            page: number;
            pageSize: number;
            facets: {
              held: {
                value: string;
                count: number;
              }[];
              level: {
                value: string;
                count: number;
              }[];
              owner: {
                value: string;
                count: number;
              }[];
              sharing: {
                value: string;
                count: number;
              }[];
              badge: {
                value: string;
                count: number;
              }[];
            };
            words: string[];
            instead: {
              typed: string;
              used: string;
            }[];
            some: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/items/{id}': {
    get: { /** 信息资源详情 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            class: string | null;
            code: string | null;
            version: number;
            module: string;
            moduleTitle: {
              zh: string;
              en: string;
            };
            title: {
              zh: string;
              en: string;
            };
            summary: {
              zh: string;
              en: string;
            };
            owner: string;
            sharing: string;
            opening: string;
            level: string;
            updates: string;
            retention: {
              zh: string;
              en: string;
            };
            key: string;
            scope: {
              by: string;
              field: string;
            } | null;
            geometry: string | null;
            badge: string | null;
            publishedAt: string;
            revisedAt: string;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              level: string;
              element: string | null;
              subject: string | null;
              type: string;
            })[];
            takers: ({
              taker: string;
              title: {
                zh: string;
                en: string;
              };
              name: string;
              state: string;
              fields: string[];
              purposes: string[];
              since: string | null;
              validUntil: string | null;
            })[];
            uses: ({
              kind: 'taker' | 'feed' | 'theme' | 'report' | 'list';
              id: string;
              title: {
                zh: string;
                en: string;
              };
              unit: string | null;
              state: string;
              fields: number | null;
            })[];
            detail: ({
              freshness: string | null;
              faults: number;
              rows: number | null;
              datasets: ({
                id: string;
                title: {
                  zh: string;
                  en: string;
                };
                unit: string;
                badge: string;
                licence: string | null;
                attribution: string | null;
                sourceUrl: string | null;
                datum: string | null;
                mappingVersion: number;
              })[];
              batches: {
                id: string;
                dataset: string;
                unit: string;
                receivedAt: string;
                state: string;
                rowsRead: number;
                rowsLoaded: number;
                rowsFaulty: number;
                mappingVersion: number;
              }[];
            }) | null;
          };
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/grants': {
    get: { /** 共享授权与待审批申请 */
      parameters: {
        query?: {
          mine?: '1';
          resource?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            grants: ({
              id: string;
              ref: string;
              taker: string;
              takerTitle: {
                zh: string;
                en: string;
              };
              name: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              level: string;
              owner: string;
              why: {
                zh: string;
                en: string;
              };
              wanted: string[];
              fields: string[];
              wantedPurposes: string[];
              purposes: string[];
              rowFilter: {
                field: string;
                in: string[];
              }[];
              state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
              validUntil: string | null;
              requestedAt: string;
              requestedName: string | null;
              requestedUnit: string | null;
              decidedAt: string | null;
              decidedName: string | null;
              decidedUnit: string | null;
              reason: string | null;
              request: string | null;
              mayDecide: boolean;
              steps: ({
                at: string;
                step: string;
                name: string | null;
                unit: string | null;
                reason: string | null;
              })[];
            })[];
            waiting: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 申请共享授权 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          taker: string;
          name: string;
          reason: string;
          fields?: string[];
          purposes?: string[];
          rowFilter?: {
            field: string;
            in: string[];
          }[];
          validUntil?: string | null;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            ref: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            name: string;
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            owner: string;
            why: {
              zh: string;
              en: string;
            };
            wanted: string[];
            fields: string[];
            wantedPurposes: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
            validUntil: string | null;
            requestedAt: string;
            requestedName: string | null;
            requestedUnit: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            request: string | null;
            mayDecide: boolean;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/grants/{id}': {
    get: { /** 一项共享授权及其办理过程 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            ref: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            name: string;
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            owner: string;
            why: {
              zh: string;
              en: string;
            };
            wanted: string[];
            fields: string[];
            wantedPurposes: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
            validUntil: string | null;
            requestedAt: string;
            requestedName: string | null;
            requestedUnit: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            request: string | null;
            mayDecide: boolean;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/grants/{id}/usage': {
    get: { /** 授权的使用情况（按目的、按日） */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            grant: string;
            since: string;
            reads: number;
            days: ({
              day: string;
              purpose: string | null;
              reads: number;
              subjects: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/unit-grants': {
    get?: never;
    put?: never;
    post: { /** 为本单位的外部系统申请共享授权 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          resource: string;
          fields: string[];
          purposes: string[];
          reason: string;
          rowFilter?: {
            field: string;
            in: string[];
          }[];
          validUntil?: string | null;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            ref: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            name: string;
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            owner: string;
            why: {
              zh: string;
              en: string;
            };
            wanted: string[];
            fields: string[];
            wantedPurposes: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
            validUntil: string | null;
            requestedAt: string;
            requestedName: string | null;
            requestedUnit: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            request: string | null;
            mayDecide: boolean;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/requests': {
    get: { /** 共享申请：我提出的与待我办理的 */
      parameters: {
        query?: {
          side?: 'asked' | 'inbox' | 'all';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            requests: ({
              id: string;
              grant: string;
              taker: string;
              takerTitle: {
                zh: string;
                en: string;
              };
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              level: string;
              sharing: string;
              supplierUnit: string;
              requesterUnit: string | null;
              requesterName: string;
              askedAt: string;
              why: string;
              fields: string[];
              purposes: string[];
              rowFilter: {
                field: string;
                in: string[];
              }[];
              validUntil: string | null;
              state: 'open' | 'supplement' | 'delivering' | 'delivered' | 'refused' | 'revoked' | 'lapsed' | 'taken-back';
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              delivery: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
              supplement: ({
                points: string[];
                document: string;
                askedAt: string;
                answers: string[] | null;
                answeredAt: string | null;
              }) | null;
              escalatedAt: string | null;
              lateUnit: string | null;
              deliveryLateAt: string | null;
              decidedAt: string | null;
              decidedName: string | null;
              decidedUnit: string | null;
              reason: string | null;
              basis: string | null;
              withheld: {
                field: string;
                reason: string;
              }[];
              deliveredAt: string | null;
              deliveryNote: string | null;
              agreements: {
                id: string;
                madeAt: string;
                digest: string;
              }[];
              steps: ({
                at: string;
                step: string;
                name: string | null;
                unit: string | null;
                reason: string | null;
              })[];
              mayDecide: boolean;
              mayAskMore: boolean;
              mayAnswer: boolean;
              mayTakeBack: boolean;
              mayDeliver: boolean;
            })[];
            waiting: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/requests/{id}': {
    get: { /** 一件共享申请及其办理过程 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            grant: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            sharing: string;
            supplierUnit: string;
            requesterUnit: string | null;
            requesterName: string;
            askedAt: string;
            why: string;
            fields: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            validUntil: string | null;
            state: 'open' | 'supplement' | 'delivering' | 'delivered' | 'refused' | 'revoked' | 'lapsed' | 'taken-back';
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            delivery: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            supplement: ({
              points: string[];
              document: string;
              askedAt: string;
              answers: string[] | null;
              answeredAt: string | null;
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            deliveryLateAt: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            basis: string | null;
            withheld: {
              field: string;
              reason: string;
            }[];
            deliveredAt: string | null;
            deliveryNote: string | null;
            agreements: {
              id: string;
              madeAt: string;
              digest: string;
            }[];
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayDecide: boolean;
            mayAskMore: boolean;
            mayAnswer: boolean;
            mayTakeBack: boolean;
            mayDeliver: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/requests/{id}/supplement': {
    get?: never;
    put?: never;
    post: { /** 一次性告知需补充的材料 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          points: string[];
          document: string;
          expectedEnd: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            grant: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            sharing: string;
            supplierUnit: string;
            requesterUnit: string | null;
            requesterName: string;
            askedAt: string;
            why: string;
            fields: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            validUntil: string | null;
            state: 'open' | 'supplement' | 'delivering' | 'delivered' | 'refused' | 'revoked' | 'lapsed' | 'taken-back';
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            delivery: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            supplement: ({
              points: string[];
              document: string;
              askedAt: string;
              answers: string[] | null;
              answeredAt: string | null;
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            deliveryLateAt: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            basis: string | null;
            withheld: {
              field: string;
              reason: string;
            }[];
            deliveredAt: string | null;
            deliveryNote: string | null;
            agreements: {
              id: string;
              madeAt: string;
              digest: string;
            }[];
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayDecide: boolean;
            mayAskMore: boolean;
            mayAnswer: boolean;
            mayTakeBack: boolean;
            mayDeliver: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/requests/{id}/answer': {
    get?: never;
    put?: never;
    post: { /** 提交补充材料 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          answers: string[];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            grant: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            sharing: string;
            supplierUnit: string;
            requesterUnit: string | null;
            requesterName: string;
            askedAt: string;
            why: string;
            fields: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            validUntil: string | null;
            state: 'open' | 'supplement' | 'delivering' | 'delivered' | 'refused' | 'revoked' | 'lapsed' | 'taken-back';
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            delivery: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            supplement: ({
              points: string[];
              document: string;
              askedAt: string;
              answers: string[] | null;
              answeredAt: string | null;
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            deliveryLateAt: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            basis: string | null;
            withheld: {
              field: string;
              reason: string;
            }[];
            deliveredAt: string | null;
            deliveryNote: string | null;
            agreements: {
              id: string;
              madeAt: string;
              digest: string;
            }[];
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayDecide: boolean;
            mayAskMore: boolean;
            mayAnswer: boolean;
            mayTakeBack: boolean;
            mayDeliver: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/requests/{id}/take-back': {
    get?: never;
    put?: never;
    post: { /** 收回申请 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            grant: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            sharing: string;
            supplierUnit: string;
            requesterUnit: string | null;
            requesterName: string;
            askedAt: string;
            why: string;
            fields: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            validUntil: string | null;
            state: 'open' | 'supplement' | 'delivering' | 'delivered' | 'refused' | 'revoked' | 'lapsed' | 'taken-back';
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            delivery: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            supplement: ({
              points: string[];
              document: string;
              askedAt: string;
              answers: string[] | null;
              answeredAt: string | null;
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            deliveryLateAt: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            basis: string | null;
            withheld: {
              field: string;
              reason: string;
            }[];
            deliveredAt: string | null;
            deliveryNote: string | null;
            agreements: {
              id: string;
              madeAt: string;
              digest: string;
            }[];
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayDecide: boolean;
            mayAskMore: boolean;
            mayAnswer: boolean;
            mayTakeBack: boolean;
            mayDeliver: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/requests/{id}/deliver': {
    get?: never;
    put?: never;
    post: { /** 确认已提供数据 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            grant: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            sharing: string;
            supplierUnit: string;
            requesterUnit: string | null;
            requesterName: string;
            askedAt: string;
            why: string;
            fields: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            validUntil: string | null;
            state: 'open' | 'supplement' | 'delivering' | 'delivered' | 'refused' | 'revoked' | 'lapsed' | 'taken-back';
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            delivery: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            supplement: ({
              points: string[];
              document: string;
              askedAt: string;
              answers: string[] | null;
              answeredAt: string | null;
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            deliveryLateAt: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            basis: string | null;
            withheld: {
              field: string;
              reason: string;
            }[];
            deliveredAt: string | null;
            deliveryNote: string | null;
            agreements: {
              id: string;
              madeAt: string;
              digest: string;
            }[];
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayDecide: boolean;
            mayAskMore: boolean;
            mayAnswer: boolean;
            mayTakeBack: boolean;
            mayDeliver: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/agreements/{id}': {
    get: { /** 一份共享协议（ODRL） */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            grant: string;
            request: string | null;
            resource: string;
            resourceVersion: number;
            supplierUnit: string;
            taker: string;
            takerUnit: string | null;
            fields: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            purposes: string[];
            madeAt: string;
            validUntil: string | null;
            /** JSON-LD（ODRL）原文 / the text of the agreement, JSON-LD with ODRL */
            document: string;
            /** SM3 摘要（原文的 UTF-8 字节） / SM3 over its UTF-8 bytes */
            digest: string;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/grants/{id}/approve': {
    get?: never;
    put?: never;
    post: { /** 批准共享授权 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          fields?: string[];
          purposes?: string[];
          validUntil?: string | null;
          rowFilter?: {
            field: string;
            in: string[];
          }[];
          withheld?: {
            field: string;
            reason: string;
          }[];
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            ref: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            name: string;
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            owner: string;
            why: {
              zh: string;
              en: string;
            };
            wanted: string[];
            fields: string[];
            wantedPurposes: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
            validUntil: string | null;
            requestedAt: string;
            requestedName: string | null;
            requestedUnit: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            request: string | null;
            mayDecide: boolean;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/grants/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 撤回共享授权 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            ref: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            name: string;
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            owner: string;
            why: {
              zh: string;
              en: string;
            };
            wanted: string[];
            fields: string[];
            wantedPurposes: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
            validUntil: string | null;
            requestedAt: string;
            requestedName: string | null;
            requestedUnit: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            request: string | null;
            mayDecide: boolean;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/grants/{id}/refuse': {
    get?: never;
    put?: never;
    post: { /** 不予批准共享申请 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
          /** 法律依据 / legal basis */
          basis: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            ref: string;
            taker: string;
            takerTitle: {
              zh: string;
              en: string;
            };
            name: string;
            resource: string;
            resourceTitle: {
              zh: string;
              en: string;
            };
            level: string;
            owner: string;
            why: {
              zh: string;
              en: string;
            };
            wanted: string[];
            fields: string[];
            wantedPurposes: string[];
            purposes: string[];
            rowFilter: {
              field: string;
              in: string[];
            }[];
            state: 'requested' | 'approved' | 'refused' | 'revoked' | 'expired';
            validUntil: string | null;
            requestedAt: string;
            requestedName: string | null;
            requestedUnit: string | null;
            decidedAt: string | null;
            decidedName: string | null;
            decidedUnit: string | null;
            reason: string | null;
            request: string | null;
            mayDecide: boolean;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/flows': {
    get: { /** 数据流向：谁把什么给了谁 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            flows: ({
              owner: string;
              resource: string;
              title: {
                zh: string;
                en: string;
              };
              level: string;
              taker: string;
              takerTitle: {
                zh: string;
                en: string;
              };
              state: string;
              fields: number;
              purposes: string[];
              since: string | null;
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/quality': {
    get: { /** 数据质量看板 */
      parameters: {
        query?: {
          owner?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            items: ({
              resource: string;
              title: {
                zh: string;
                en: string;
              };
              owner: string;
              level: string;
              updates: string;
              day: string;
              measuredAt: string;
              rows: number;
              sampled: boolean;
              score: number | null;
              dimensions: ({
                dimension: 'normative' | 'complete' | 'accurate' | 'consistent' | 'timely' | 'accessible';
                rate: number | null;
                weight: number;
              })[];
              freshness: {
                state: string;
                cycles: number | null;
                at: string | null;
              };
              failing: ({
                id: string;
                dimension: 'normative' | 'complete' | 'accurate' | 'consistent' | 'timely' | 'accessible';
                by: string;
                words: {
                  zh: string;
                  en: string;
                };
                why: string | null;
                checked: number;
                failed: number;
              })[];
            })[];
            minimum: number;
            minimumVerified: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/quality/{id}': {
    get: { /** 一项资源的数据质量 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            quality: ({
              resource: string;
              title: {
                zh: string;
                en: string;
              };
              owner: string;
              level: string;
              updates: string;
              day: string;
              measuredAt: string;
              rows: number;
              sampled: boolean;
              score: number | null;
              dimensions: ({
                dimension: 'normative' | 'complete' | 'accurate' | 'consistent' | 'timely' | 'accessible';
                rate: number | null;
                weight: number;
              })[];
              freshness: {
                state: string;
                cycles: number | null;
                at: string | null;
              };
              failing: ({
                id: string;
                dimension: 'normative' | 'complete' | 'accurate' | 'consistent' | 'timely' | 'accessible';
                by: string;
                words: {
                  zh: string;
                  en: string;
                };
                why: string | null;
                checked: number;
                failed: number;
              })[];
            }) | null;
            rules: ({
              id: string;
              dimension: 'normative' | 'complete' | 'accurate' | 'consistent' | 'timely' | 'accessible';
              by: string;
              words: {
                zh: string;
                en: string;
              };
              why: string | null;
              checked: number;
              failed: number;
            })[];
            trend: ({
              day: string;
              score: number | null;
            })[];
            minimum: number;
            mayKeep: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/quality/{id}/rules': {
    get?: never;
    put?: never;
    post: { /** 增加质量规则 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          check: {
            kind: 'required';
            field: string;
          } | {
            kind: 'pattern';
            field: string;
            pattern: string;
          } | {
            kind: 'enum';
            field: string;
            values: string[];
          } | ({
            kind: 'range';
            field: string;
            of: 'number' | 'date';
            min?: string;
            max?: string;
          }) | {
            kind: 'unique';
            field: string;
          } | {
            kind: 'reference';
            field: string;
            list: string;
          } | ({
            kind: 'compare';
            field: string;
            op: '<' | '<=' | '=' | '<>' | '>=' | '>';
            other: string;
          });
          dimension?: 'normative' | 'complete' | 'accurate' | 'consistent';
          why: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            resource: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/quality/rules/{rule}/retire': {
    get?: never;
    put?: never;
    post: { /** 停用质量规则 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          rule: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            resource: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/quality/{id}/measure': {
    get?: never;
    put?: never;
    post: { /** 重新测量质量 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            resource: string;
            score: number | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/reports': {
    get: { /** 上级报表 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            forms: (({
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            }) & {
              cells: number;
              mapped: number;
              broken: number;
              packs: {
                id: string;
                period: string;
                state: string;
                automatic: number;
                cells: number;
              }[];
            })[];
            saved: {
              cells: number;
              minutesPerCell: number;
              hours: number;
              verified: boolean;
            };
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记上级报表 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          no: string;
          title: {
            zh: string;
            en: string;
          };
          authority: {
            zh: string;
            en: string;
          };
          period: 'month' | 'quarter' | 'year';
          published?: boolean;
          subject?: 'persons' | 'firms';
          cells: ({
            code: string;
            title: {
              zh: string;
              en: string;
            };
            measuredIn: {
              zh: string;
              en: string;
            };
            totalOf?: string[];
            mapping?: {
              resource: string;
              measure: 'count' | 'distinct' | 'sum' | 'share';
              field?: string;
              filters: ({
                field: string;
                op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                values?: string[];
              })[];
              of?: ({
                field: string;
                op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                values?: string[];
              })[];
            };
          })[];
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            no: string;
            title: {
              zh: string;
              en: string;
            };
            authority: {
              zh: string;
              en: string;
            };
            period: 'month' | 'quarter' | 'year';
            unit: string;
            published: boolean;
            subject: 'persons' | 'firms' | null;
            sample: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/reports/{form}': {
    get: { /** 一张上级报表 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          form: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            form: {
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            };
            cells: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              measuredIn: {
                zh: string;
                en: string;
              };
              totalOf: string[];
              mapping: ({
                resource: string;
                measure: 'count' | 'distinct' | 'sum' | 'share';
                field?: string;
                filters: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
                of?: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
              }) | null;
              words: {
                zh: string;
                en: string;
              } | null;
              state: 'none' | 'ok' | 'item-gone' | 'field-gone' | 'retyped';
              mappedAt: string | null;
              mappedName: string | null;
            })[];
            mayMap: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/reports/{form}/cells/{code}': {
    get?: never;
    put: { /** 设置取数映射 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          form: string;
          code: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          mapping: ({
            resource: string;
            measure: 'count' | 'distinct' | 'sum' | 'share';
            field?: string;
            filters: ({
              field: string;
              op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
              values?: string[];
            })[];
            of?: ({
              field: string;
              op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
              values?: string[];
            })[];
          }) | null;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            title: {
              zh: string;
              en: string;
            };
            measuredIn: {
              zh: string;
              en: string;
            };
            totalOf: string[];
            mapping: ({
              resource: string;
              measure: 'count' | 'distinct' | 'sum' | 'share';
              field?: string;
              filters: ({
                field: string;
                op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                values?: string[];
              })[];
              of?: ({
                field: string;
                op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                values?: string[];
              })[];
            }) | null;
            words: {
              zh: string;
              en: string;
            } | null;
            state: 'none' | 'ok' | 'item-gone' | 'field-gone' | 'retyped';
            mappedAt: string | null;
            mappedName: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/reports/{form}/packs': {
    get?: never;
    put?: never;
    post: { /** 自动填报一期报表 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          form: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          period: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            form: {
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            };
            period: string;
            state: 'filling' | 'submitted' | 'confirmed';
            asOf: string;
            filledName: string;
            submittedAt: string | null;
            returnedReason: string | null;
            reviewedName: string | null;
            reviewedAt: string | null;
            values: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              measuredIn: {
                zh: string;
                en: string;
              };
              totalOf: string[];
              origin: 'item' | 'typed' | 'none';
              value: number | null;
              withheld: boolean;
              before: number | null;
              mapping: ({
                resource: string;
                measure: 'count' | 'distinct' | 'sum' | 'share';
                field?: string;
                filters: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
                of?: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
              }) | null;
              words: {
                zh: string;
                en: string;
              } | null;
              through: string | null;
              problem: string | null;
              reason: string | null;
              typedName: string | null;
            })[];
            automatic: number;
            minutesPerCell: number;
            mayFill: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/packs/{id}': {
    get: { /** 一期报表 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            form: {
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            };
            period: string;
            state: 'filling' | 'submitted' | 'confirmed';
            asOf: string;
            filledName: string;
            submittedAt: string | null;
            returnedReason: string | null;
            reviewedName: string | null;
            reviewedAt: string | null;
            values: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              measuredIn: {
                zh: string;
                en: string;
              };
              totalOf: string[];
              origin: 'item' | 'typed' | 'none';
              value: number | null;
              withheld: boolean;
              before: number | null;
              mapping: ({
                resource: string;
                measure: 'count' | 'distinct' | 'sum' | 'share';
                field?: string;
                filters: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
                of?: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
              }) | null;
              words: {
                zh: string;
                en: string;
              } | null;
              through: string | null;
              problem: string | null;
              reason: string | null;
              typedName: string | null;
            })[];
            automatic: number;
            minutesPerCell: number;
            mayFill: boolean;
            mayReview: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/packs/{id}/cells/{code}': {
    get?: never;
    put: { /** 手工填写单元格 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          code: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          value: number;
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            form: {
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            };
            period: string;
            state: 'filling' | 'submitted' | 'confirmed';
            asOf: string;
            filledName: string;
            submittedAt: string | null;
            returnedReason: string | null;
            reviewedName: string | null;
            reviewedAt: string | null;
            values: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              measuredIn: {
                zh: string;
                en: string;
              };
              totalOf: string[];
              origin: 'item' | 'typed' | 'none';
              value: number | null;
              withheld: boolean;
              before: number | null;
              mapping: ({
                resource: string;
                measure: 'count' | 'distinct' | 'sum' | 'share';
                field?: string;
                filters: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
                of?: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
              }) | null;
              words: {
                zh: string;
                en: string;
              } | null;
              through: string | null;
              problem: string | null;
              reason: string | null;
              typedName: string | null;
            })[];
            automatic: number;
            minutesPerCell: number;
            mayFill: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/packs/{id}/submit': {
    get?: never;
    put?: never;
    post: { /** 提交复核 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            form: {
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            };
            period: string;
            state: 'filling' | 'submitted' | 'confirmed';
            asOf: string;
            filledName: string;
            submittedAt: string | null;
            returnedReason: string | null;
            reviewedName: string | null;
            reviewedAt: string | null;
            values: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              measuredIn: {
                zh: string;
                en: string;
              };
              totalOf: string[];
              origin: 'item' | 'typed' | 'none';
              value: number | null;
              withheld: boolean;
              before: number | null;
              mapping: ({
                resource: string;
                measure: 'count' | 'distinct' | 'sum' | 'share';
                field?: string;
                filters: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
                of?: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
              }) | null;
              words: {
                zh: string;
                en: string;
              } | null;
              through: string | null;
              problem: string | null;
              reason: string | null;
              typedName: string | null;
            })[];
            automatic: number;
            minutesPerCell: number;
            mayFill: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/packs/{id}/review': {
    get?: never;
    put?: never;
    post: { /** 复核报表 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          decision: 'confirm';
        } | {
          decision: 'return';
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            form: {
              id: string;
              no: string;
              title: {
                zh: string;
                en: string;
              };
              authority: {
                zh: string;
                en: string;
              };
              period: 'month' | 'quarter' | 'year';
              unit: string;
              published: boolean;
              subject: 'persons' | 'firms' | null;
              sample: boolean;
            };
            period: string;
            state: 'filling' | 'submitted' | 'confirmed';
            asOf: string;
            filledName: string;
            submittedAt: string | null;
            returnedReason: string | null;
            reviewedName: string | null;
            reviewedAt: string | null;
            values: ({
              code: string;
              title: {
                zh: string;
                en: string;
              };
              measuredIn: {
                zh: string;
                en: string;
              };
              totalOf: string[];
              origin: 'item' | 'typed' | 'none';
              value: number | null;
              withheld: boolean;
              before: number | null;
              mapping: ({
                resource: string;
                measure: 'count' | 'distinct' | 'sum' | 'share';
                field?: string;
                filters: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
                of?: ({
                  field: string;
                  op: 'in' | 'not-in' | 'from' | 'before' | 'filled' | 'empty';
                  values?: string[];
                })[];
              }) | null;
              words: {
                zh: string;
                en: string;
              } | null;
              through: string | null;
              problem: string | null;
              reason: string | null;
              typedName: string | null;
            })[];
            automatic: number;
            minutesPerCell: number;
            mayFill: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/classes': {
    get: { /** 目录分类 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            classes: ({
              code: string;
              parent: string | null;
              title: {
                zh: string;
                en: string;
              };
              items: number;
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries': {
    get: { /** 目录项办理 */
      parameters: {
        query?: {
          show?: 'work' | 'review' | 'published' | 'changed';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entries: ({
              id: string;
              unit: string;
              code: string | null;
              state: 'draft' | 'published' | 'withdrawn';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              version: number;
              publishedAt: string | null;
              revisedAt: string | null;
              withdrawnAt: string | null;
              sample: boolean;
              proposal: ({
                kind: 'new' | 'revision' | 'withdrawal';
                content: ({
                  title: {
                    zh: string;
                    en: string;
                  };
                  summary: {
                    zh: string;
                    en: string;
                  };
                  class: string;
                  system: string;
                  providerCode: string;
                  format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                  items: ({
                    name: string;
                    type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                  })[];
                  level: 'L1' | 'L2' | 'L3' | 'L4';
                  sharing: 'unconditional' | 'conditional' | 'none';
                  sharingCondition: string;
                  sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                  opening: 'open' | 'conditional' | 'closed';
                  openingCondition: string;
                  updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                  related: string[];
                }) | null;
                name: string;
                why: string | null;
                submittedAt: string | null;
                returnedReason: string | null;
                clock: ({
                  id: string;
                  /** 规则条目 / rulebook entry */
                  basis: string;
                  amount: number;
                  unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                  startedAt: string;
                  dueAt: string;
                  state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                  /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                  workingDaysLeft: number;
                  /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                  provisional: boolean;
                  stops: ({
                    reason: {
                      zh: string;
                      en: string;
                    };
                    document: string;
                    begunAt: string;
                    expectedEnd: string;
                    endedAt: string | null;
                  })[];
                }) | null;
              }) | null;
              change: ({
                on: string;
                note: string | null;
                clock: {
                  id: string;
                  /** 规则条目 / rulebook entry */
                  basis: string;
                  amount: number;
                  unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                  startedAt: string;
                  dueAt: string;
                  state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                  /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                  workingDaysLeft: number;
                  /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                  provisional: boolean;
                  stops: ({
                    reason: {
                      zh: string;
                      en: string;
                    };
                    document: string;
                    begunAt: string;
                    expectedEnd: string;
                    endedAt: string | null;
                  })[];
                };
              }) | null;
              steps: ({
                at: string;
                step: string;
                name: string | null;
                unit: string | null;
                reason: string | null;
              })[];
              mayEdit: boolean;
              mayReview: boolean;
            })[];
            counts: {
              review: number;
              work: number;
              published: number;
              all: number;
              systems: number;
            };
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记目录项 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: {
            zh: string;
            en: string;
          };
          summary: {
            zh: string;
            en: string;
          };
          class: string;
          system: string;
          providerCode: string;
          format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
          items: ({
            name: string;
            type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
          })[];
          level: 'L1' | 'L2' | 'L3' | 'L4';
          sharing: 'unconditional' | 'conditional' | 'none';
          sharingCondition: string;
          sharingMethod: 'platform' | 'interface' | 'file' | 'media';
          opening: 'open' | 'conditional' | 'closed';
          openingCondition: string;
          updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
          related: string[];
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/{id}': {
    get: { /** 目录项 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put: { /** 修改目录项 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: {
            zh: string;
            en: string;
          };
          summary: {
            zh: string;
            en: string;
          };
          class: string;
          system: string;
          providerCode: string;
          format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
          items: ({
            name: string;
            type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
          })[];
          level: 'L1' | 'L2' | 'L3' | 'L4';
          sharing: 'unconditional' | 'conditional' | 'none';
          sharingCondition: string;
          sharingMethod: 'platform' | 'interface' | 'file' | 'media';
          opening: 'open' | 'conditional' | 'closed';
          openingCondition: string;
          updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
          related: string[];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/{id}/drop': {
    get?: never;
    put?: never;
    post: { /** 放弃修改 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/{id}/submit': {
    get?: never;
    put?: never;
    post: { /** 提交审核 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/{id}/withdraw': {
    get?: never;
    put?: never;
    post: { /** 申请撤销目录项 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/{id}/change': {
    get?: never;
    put?: never;
    post: { /** 告知资源变更 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          on: string;
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/{id}/review': {
    get?: never;
    put?: never;
    post: { /** 审核目录项 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          decision: 'pass';
        } | {
          decision: 'return';
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            code: string | null;
            state: 'draft' | 'published' | 'withdrawn';
            content: ({
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              class: string;
              system: string;
              providerCode: string;
              format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
              items: ({
                name: string;
                type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
              })[];
              level: 'L1' | 'L2' | 'L3' | 'L4';
              sharing: 'unconditional' | 'conditional' | 'none';
              sharingCondition: string;
              sharingMethod: 'platform' | 'interface' | 'file' | 'media';
              opening: 'open' | 'conditional' | 'closed';
              openingCondition: string;
              updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
              related: string[];
            }) | null;
            version: number;
            publishedAt: string | null;
            revisedAt: string | null;
            withdrawnAt: string | null;
            sample: boolean;
            proposal: ({
              kind: 'new' | 'revision' | 'withdrawal';
              content: ({
                title: {
                  zh: string;
                  en: string;
                };
                summary: {
                  zh: string;
                  en: string;
                };
                class: string;
                system: string;
                providerCode: string;
                format: 'database' | 'spreadsheet' | 'document' | 'image' | 'stream' | 'interface' | 'other';
                items: ({
                  name: string;
                  type: 'string' | 'number' | 'date' | 'datetime' | 'boolean' | 'binary';
                })[];
                level: 'L1' | 'L2' | 'L3' | 'L4';
                sharing: 'unconditional' | 'conditional' | 'none';
                sharingCondition: string;
                sharingMethod: 'platform' | 'interface' | 'file' | 'media';
                opening: 'open' | 'conditional' | 'closed';
                openingCondition: string;
                updates: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
                related: string[];
              }) | null;
              name: string;
              why: string | null;
              submittedAt: string | null;
              returnedReason: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
            }) | null;
            change: ({
              on: string;
              note: string | null;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
            mayEdit: boolean;
            mayReview: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/entries/import': {
    get?: never;
    put?: never;
    post: { /** 批量导入目录 */
      parameters: {
        query: {
          fileName: string;
        };
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/octet-stream': string;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            accepted: number;
            refused: {
              row: number;
              column: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        413: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/lists': {
    get: { /** 需求、责任、负面清单 */
      parameters: {
        query?: {
          list?: 'demand' | 'duty' | 'negative';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entries: ({
              id: string;
              list: 'demand' | 'duty' | 'negative';
              unit: string;
              title: {
                zh: string;
                en: string;
              };
              reason: string;
              article: string | null;
              resource: string | null;
              entry: string | null;
              validFrom: string;
              validTo: string | null;
              madeName: string;
              madeUnit: string;
              madeAt: string;
              state: string;
              endedReason: string | null;
              endedAt: string | null;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
              escalatedAt: string | null;
              lateUnit: string | null;
              mayAct: boolean;
            })[];
            counts: {
              demand: number;
              duty: number;
              negative: number;
            };
            mayList: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 列入清单 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          list: 'duty' | 'negative';
          title: {
            zh: string;
            en: string;
          };
          unit?: string;
          reason: string;
          article: string;
          resource?: string;
          entry?: string;
          validFrom: string;
          validTo?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            list: 'demand' | 'duty' | 'negative';
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            reason: string;
            article: string | null;
            resource: string | null;
            entry: string | null;
            validFrom: string;
            validTo: string | null;
            madeName: string;
            madeUnit: string;
            madeAt: string;
            state: string;
            endedReason: string | null;
            endedAt: string | null;
            clock: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            mayAct: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/lists/{id}/end': {
    get?: never;
    put?: never;
    post: { /** 移出清单 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            list: 'demand' | 'duty' | 'negative';
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            reason: string;
            article: string | null;
            resource: string | null;
            entry: string | null;
            validFrom: string;
            validTo: string | null;
            madeName: string;
            madeUnit: string;
            madeAt: string;
            state: string;
            endedReason: string | null;
            endedAt: string | null;
            clock: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            mayAct: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/demands': {
    get?: never;
    put?: never;
    post: { /** 提出数据需求 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: {
            zh: string;
            en: string;
          };
          unit: string;
          reason: string;
          article?: string;
          entry?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            list: 'demand' | 'duty' | 'negative';
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            reason: string;
            article: string | null;
            resource: string | null;
            entry: string | null;
            validFrom: string;
            validTo: string | null;
            madeName: string;
            madeUnit: string;
            madeAt: string;
            state: string;
            endedReason: string | null;
            endedAt: string | null;
            clock: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            mayAct: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/demands/{id}/answer': {
    get?: never;
    put?: never;
    post: { /** 答复数据需求 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          decision: 'catalogued';
          resource?: string;
          entry?: string;
        } | {
          decision: 'refused';
          reason: string;
          article: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            list: 'demand' | 'duty' | 'negative';
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            reason: string;
            article: string | null;
            resource: string | null;
            entry: string | null;
            validFrom: string;
            validTo: string | null;
            madeName: string;
            madeUnit: string;
            madeAt: string;
            state: string;
            endedReason: string | null;
            endedAt: string | null;
            clock: ({
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            }) | null;
            escalatedAt: string | null;
            lateUnit: string | null;
            mayAct: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/forms': {
    get: { /** 登记的业务表单 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            forms: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
              unit: string;
              appTitle: {
                zh: string;
                en: string;
              };
              fields: number;
              obtained: number;
              duplicates: number;
              undecided: number;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 新建一张业务表单 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          app: string;
          title: {
            zh: string;
            en: string;
          };
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            app: string;
            appTitle: {
              zh: string;
              en: string;
            };
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            mayDesign: boolean;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
              choices: string[] | null;
              required: boolean;
              element: string | null;
              way: 'asked' | 'obtained' | 'waiting' | 'asked-meanwhile' | 'exception-asked' | 'exception-allowed' | 'exception-refused';
              source: ({
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                field: string;
                fieldTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                take: string | null;
              }) | null;
              exception: ({
                reason: string;
                by: string | null;
                owner: string | null;
                note: string | null;
                decidedBy: string | null;
                mayDecide: boolean;
              }) | null;
              same: {
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                field: string;
                title: {
                  zh: string;
                  en: string;
                };
                likeness: number;
              }[];
            })[];
            steps: ({
              at: string;
              step: string;
              field: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/forms/{id}': {
    get: { /** 一张表单的字段与来源 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            app: string;
            appTitle: {
              zh: string;
              en: string;
            };
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            mayDesign: boolean;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
              choices: string[] | null;
              required: boolean;
              element: string | null;
              way: 'asked' | 'obtained' | 'waiting' | 'asked-meanwhile' | 'exception-asked' | 'exception-allowed' | 'exception-refused';
              source: ({
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                field: string;
                fieldTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                take: string | null;
              }) | null;
              exception: ({
                reason: string;
                by: string | null;
                owner: string | null;
                note: string | null;
                decidedBy: string | null;
                mayDecide: boolean;
              }) | null;
              same: {
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                field: string;
                title: {
                  zh: string;
                  en: string;
                };
                likeness: number;
              }[];
            })[];
            steps: ({
              at: string;
              step: string;
              field: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/form-check': {
    get: { /** 查重：这项数据是否已有来源 */
      parameters: {
        query: {
          title: string;
          element?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            same: {
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              field: string;
              title: {
                zh: string;
                en: string;
              };
              likeness: number;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/forms/{id}/fields': {
    get?: never;
    put?: never;
    post: { /** 给表单添加字段 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          name: string;
          title: {
            zh: string;
            en: string;
          };
          type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
          choices?: string[];
          required: boolean;
          element?: string;
          source?: {
            resource: string;
            field: string;
          };
          exception?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            app: string;
            appTitle: {
              zh: string;
              en: string;
            };
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            mayDesign: boolean;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
              choices: string[] | null;
              required: boolean;
              element: string | null;
              way: 'asked' | 'obtained' | 'waiting' | 'asked-meanwhile' | 'exception-asked' | 'exception-allowed' | 'exception-refused';
              source: ({
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                field: string;
                fieldTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                take: string | null;
              }) | null;
              exception: ({
                reason: string;
                by: string | null;
                owner: string | null;
                note: string | null;
                decidedBy: string | null;
                mayDecide: boolean;
              }) | null;
              same: {
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                field: string;
                title: {
                  zh: string;
                  en: string;
                };
                likeness: number;
              }[];
            })[];
            steps: ({
              at: string;
              step: string;
              field: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/forms/{id}/fields/{name}/source': {
    get?: never;
    put?: never;
    post: { /** 改为从来源获取 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          name: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          resource: string;
          field: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            app: string;
            appTitle: {
              zh: string;
              en: string;
            };
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            mayDesign: boolean;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
              choices: string[] | null;
              required: boolean;
              element: string | null;
              way: 'asked' | 'obtained' | 'waiting' | 'asked-meanwhile' | 'exception-asked' | 'exception-allowed' | 'exception-refused';
              source: ({
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                field: string;
                fieldTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                take: string | null;
              }) | null;
              exception: ({
                reason: string;
                by: string | null;
                owner: string | null;
                note: string | null;
                decidedBy: string | null;
                mayDecide: boolean;
              }) | null;
              same: {
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                field: string;
                title: {
                  zh: string;
                  en: string;
                };
                likeness: number;
              }[];
            })[];
            steps: ({
              at: string;
              step: string;
              field: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/forms/{id}/fields/{name}': {
    get?: never;
    put?: never;
    post?: never;
    delete: { /** 删除表单字段 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          name: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            app: string;
            appTitle: {
              zh: string;
              en: string;
            };
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            mayDesign: boolean;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
              choices: string[] | null;
              required: boolean;
              element: string | null;
              way: 'asked' | 'obtained' | 'waiting' | 'asked-meanwhile' | 'exception-asked' | 'exception-allowed' | 'exception-refused';
              source: ({
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                field: string;
                fieldTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                take: string | null;
              }) | null;
              exception: ({
                reason: string;
                by: string | null;
                owner: string | null;
                note: string | null;
                decidedBy: string | null;
                mayDecide: boolean;
              }) | null;
              same: {
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                field: string;
                title: {
                  zh: string;
                  en: string;
                };
                likeness: number;
              }[];
            })[];
            steps: ({
              at: string;
              step: string;
              field: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/catalog/forms/{id}/fields/{name}/exception': {
    get?: never;
    put?: never;
    post: { /** 决定是否允许重复采集 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          name: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          allow: boolean;
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            app: string;
            appTitle: {
              zh: string;
              en: string;
            };
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            mayDesign: boolean;
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: 'text' | 'number' | 'date' | 'choice' | 'yes-no';
              choices: string[] | null;
              required: boolean;
              element: string | null;
              way: 'asked' | 'obtained' | 'waiting' | 'asked-meanwhile' | 'exception-asked' | 'exception-allowed' | 'exception-refused';
              source: ({
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                field: string;
                fieldTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                take: string | null;
              }) | null;
              exception: ({
                reason: string;
                by: string | null;
                owner: string | null;
                note: string | null;
                decidedBy: string | null;
                mayDecide: boolean;
              }) | null;
              same: {
                resource: string;
                resourceTitle: {
                  zh: string;
                  en: string;
                };
                owner: string;
                field: string;
                title: {
                  zh: string;
                  en: string;
                };
                likeness: number;
              }[];
            })[];
            steps: ({
              at: string;
              step: string;
              field: string;
              name: string | null;
              unit: string | null;
              reason: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/files': {
    get?: never;
    put?: never;
    post: { /** 上传文件 */
      parameters: {
        query: {
          kind: string;
          name: string;
        };
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/octet-stream': string;
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            name: string;
            kind: string;
            mediaType: string;
            size: number;
            sm3: string;
            sha256: string;
            scan: 'clean' | 'unscanned';
            flags: string[];
            state: 'uploaded' | 'attached';
            uploadedAt: string;
            expiresAt: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        413: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        415: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        503: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/files/{id}': {
    get: { /** 文件信息 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            name: string;
            kind: string;
            mediaType: string;
            size: number;
            sm3: string;
            sha256: string;
            scan: 'clean' | 'unscanned';
            flags: string[];
            state: 'uploaded' | 'attached';
            uploadedAt: string;
            expiresAt: string | null;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/classified-refusals': {
    get: { /** 文件涉密拒收记录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            refusals: ({
              id: string;
              at: string;
              account: string;
              unit: string | null;
              kind: string;
              size: number;
              sm3: string;
              level: string;
              place: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/verify': {
    get?: never;
    put?: never;
    post: { /** 核验文件 */
      parameters: {
        query?: {
          number?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/octet-stream': string;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            sm3: string;
            sha256: string;
            size: number;
            result: 'intact' | 'changed' | 'not-valid' | 'unknown';
            answers: ({
              kind: 'signature' | 'seal';
              signer: string | null;
              title: string | null;
              number: string | null;
              key: string | null;
              signedAt: string | null;
              intact: boolean;
              holds: boolean;
              known: boolean;
              keyThen: string | null;
              keyNow: string | null;
              changed: string[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        413: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/signed/{number}': {
    get: { /** 按编号核验 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          number: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            sm3: string;
            sha256: string;
            size: number;
            answer: {
              kind: 'signature' | 'seal';
              signer: string | null;
              title: string | null;
              number: string | null;
              key: string | null;
              signedAt: string | null;
              intact: boolean;
              holds: boolean;
              known: boolean;
              keyThen: string | null;
              keyNow: string | null;
              changed: string[];
            };
          };
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/keys': {
    get: { /** 签名证书与吊销清单 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            keys: ({
              id: string;
              owner: string;
              title: string;
              state: string;
              from: string;
              until: string;
              replacedAt: string | null;
              revokedAt: string | null;
              revokedReason: string | null;
              certificate: string;
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 更换签名密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          owner: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            owner: string;
            title: string;
            state: string;
            from: string;
            until: string;
            replacedAt: string | null;
            revokedAt: string | null;
            revokedReason: string | null;
            certificate: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/keys/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 吊销签名密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            owner: string;
            title: string;
            state: string;
            from: string;
            until: string;
            replacedAt: string | null;
            revokedAt: string | null;
            revokedReason: string | null;
            certificate: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/seals': {
    get: { /** 印章登记与注销清单 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            seals: ({
              id: string;
              unit: string;
              name: string;
              key: string;
              from: string;
              until: string;
              revokedAt: string | null;
              revokedReason: string | null;
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 制作印章 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          unit: string;
          name: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            name: string;
            key: string;
            from: string;
            until: string;
            revokedAt: string | null;
            revokedReason: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/seals/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 注销印章 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            unit: string;
            name: string;
            key: string;
            from: string;
            until: string;
            revokedAt: string | null;
            revokedReason: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/seal-uses': {
    get?: never;
    put?: never;
    post: { /** 申请用印 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          seal: string;
          reason: string;
          sm3: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            seal: string;
            unit: string;
            reason: string;
            sm3: string;
            askedBy: string;
            approvedBy: string | null;
            usedAt: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/document/seal-uses/{id}/approve': {
    get?: never;
    put?: never;
    post: { /** 批准用印 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            seal: string;
            unit: string;
            reason: string;
            sm3: string;
            askedBy: string;
            approvedBy: string | null;
            usedAt: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/imports': {
    get: { /** 导入记录 */
      parameters: {
        query?: {
          dataset?: string;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            imports: ({
              id: string;
              dataset: string;
              title: {
                zh: string;
                en: string;
              };
              unit: string;
              target: string;
              badge: string;
              mappingVersion: number;
              fileName: string;
              fileSize: number;
              digest: string;
              /** received | reading | publishing | loaded | duplicate | stopped | failed */
              state: string;
              problem?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
                line?: number;
                row?: number;
                columns?: {
                  column: string;
                  field: string;
                  nearest?: string;
                }[];
              };
              duplicateOf?: string;
              info: {
                format?: string;
                encoding?: string;
                delimiter?: string;
                gzip?: boolean;
                columns?: string[];
                sheet?: string;
              };
              rows: {
                read: number;
                ok: number;
                same: number;
                faulty: number;
                loaded: number;
                created: number;
                changed: number;
                unchanged: number;
                conflicts: number;
              };
              sentBy: string;
              receivedAt: string;
              publishedAt?: string;
              loadedAt?: string;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 上传部门数据文件 */
      parameters: {
        query: {
          dataset: string;
          fileName: string;
        };
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/octet-stream': string;
      } };
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
            duplicateOf?: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        413: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/classified-refusals': {
    get: { /** 涉密拒收记录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            refusals: ({
              id: string;
              at: string;
              account: string;
              unit: string | null;
              dataset: string;
              size: number;
              digest: string;
              level: string;
              place: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/imports/{id}': {
    get: { /** 一次导入的进度与结果 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            dataset: string;
            title: {
              zh: string;
              en: string;
            };
            unit: string;
            target: string;
            badge: string;
            mappingVersion: number;
            fileName: string;
            fileSize: number;
            digest: string;
            /** received | reading | publishing | loaded | duplicate | stopped | failed */
            state: string;
            problem?: {
              code: string;
              text: {
                zh: string;
                en: string;
              };
              line?: number;
              row?: number;
              columns?: {
                column: string;
                field: string;
                nearest?: string;
              }[];
            };
            duplicateOf?: string;
            info: {
              format?: string;
              encoding?: string;
              delimiter?: string;
              gzip?: boolean;
              columns?: string[];
              sheet?: string;
            };
            rows: {
              read: number;
              ok: number;
              same: number;
              faulty: number;
              loaded: number;
              created: number;
              changed: number;
              unchanged: number;
              conflicts: number;
            };
            sentBy: string;
            receivedAt: string;
            publishedAt?: string;
            loadedAt?: string;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/imports/{id}/faults': {
    get: { /** 导入中的问题行 */
      parameters: {
        query?: {
          page?: number;
          size?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            total: number;
            open: number;
            byRule: {
              rule: string;
              reason: {
                zh: string;
                en: string;
              };
              count: number;
            }[];
            rows: {
              row: number;
              state: string;
              faults: {
                column: string;
                rule: string;
                reason: {
                  zh: string;
                  en: string;
                };
                value?: string;
              }[];
              values: Record<string, string>;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/imports/{id}/faults/{row}/correct': {
    get?: never;
    put?: never;
    post: { /** 改正问题行并重新校验 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          row: number;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          values: Record<string, string>;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: 'corrected';
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/imports/{id}/rerun': {
    get?: never;
    put?: never;
    post: { /** 用最新映射重新导入 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
            duplicateOf?: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/datasets': {
    get: { /** 可导入的数据集 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            datasets: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
              unit: string;
              target: string;
              badge: string;
              format?: string;
              mappingVersion: number;
              licence?: string;
              sourceUrl?: string;
              attribution?: string;
              datum?: string;
              lastLoadedAt?: string;
              records: number;
              mine: boolean;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/datasets/{id}/mapping': {
    get: { /** 数据集的字段映射 */
      parameters: {
        query?: {
          version?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            mapping: {
              dataset: string;
              version: number;
              target: string;
              unit: string;
              title: {
                zh: string;
                en: string;
              };
              format?: 'csv' | 'xlsx' | 'json' | 'geojson' | 'osm-xml';
              crs?: string;
              key: string[];
              fields: Record<string, {
                  column?: string;
                  constant?: string;
                  values?: Record<string, string>;
                }>;
              licence?: string;
              attribution?: string;
              sourceUrl?: string;
              datum?: string;
              badge: 'sample' | 'real' | 'reference';
              [name: string]: unknown;
            };
            version: number;
            versions: {
              version: number;
              by: string;
              at: string;
            }[];
            fields: {
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: string;
              required: boolean;
            }[];
            /** columns of the newest upload */
            columns: string[];
            uploads: {
              id: string;
              fileName: string;
              at: string;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/datasets/{id}/mappings': {
    get?: never;
    put?: never;
    post: { /** 保存映射的新版本 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          dataset: string;
          version: number;
          target: string;
          unit: string;
          title: {
            zh: string;
            en: string;
          };
          format?: 'csv' | 'xlsx' | 'json' | 'geojson' | 'osm-xml';
          crs?: string;
          key: string[];
          fields: Record<string, {
              column?: string;
              constant?: string;
              values?: Record<string, string>;
            }>;
          licence?: string;
          attribution?: string;
          sourceUrl?: string;
          datum?: string;
          badge: 'sample' | 'real' | 'reference';
          [name: string]: unknown;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            version: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/datasets/{id}/dry-run': {
    get?: never;
    put?: never;
    post: { /** 用前 100 行试运行映射 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          upload: string;
          mapping: {
            dataset: string;
            version: number;
            target: string;
            unit: string;
            title: {
              zh: string;
              en: string;
            };
            format?: 'csv' | 'xlsx' | 'json' | 'geojson' | 'osm-xml';
            crs?: string;
            key: string[];
            fields: Record<string, {
                column?: string;
                constant?: string;
                values?: Record<string, string>;
              }>;
            licence?: string;
            attribution?: string;
            sourceUrl?: string;
            datum?: string;
            badge: 'sample' | 'real' | 'reference';
            [name: string]: unknown;
          };
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            columns: string[];
            missing: {
              column: string;
              field: string;
              nearest?: string;
            }[];
            rows: {
              row: number;
              ok: boolean;
              values: Record<string, string>;
              faults: {
                column: string;
                rule: string;
                reason: {
                  zh: string;
                  en: string;
                };
              }[];
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds': {
    get: { /** 数据接口及其健康状况 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            feeds: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              dataset: string;
              unit: string;
              connector: 'push' | 'http' | 'sftp' | 'postgres' | 'mariadb' | 'mqtt';
              mode: 'increment' | 'snapshot';
              cycleSeconds: number;
              badge: string;
              state: 'active' | 'paused' | 'stopped';
              /** decide | stopped | gap | stale | down | late | new | paused | good */
              health: string;
              /** green | amber | red | none */
              freshness: string;
              appliedSeq: number;
              /** batches that wait for an earlier one */
              waiting: number;
              /** batches that wait for a person */
              held: number;
              failures: number;
              problem?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
              };
              lastError?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
              };
              dataAt?: string;
              checkedAt?: string;
              nextAt?: string;
              takers: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记数据接口 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          dataset: string;
          connector: 'push' | 'http' | 'sftp' | 'postgres' | 'mariadb' | 'mqtt';
          settings: Record<string, unknown>;
          mode: 'increment' | 'snapshot';
          cycleSeconds: number;
          credential?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}': {
    get: { /** 一个数据接口的运行情况 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            feed: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
              dataset: string;
              unit: string;
              connector: 'push' | 'http' | 'sftp' | 'postgres' | 'mariadb' | 'mqtt';
              mode: 'increment' | 'snapshot';
              cycleSeconds: number;
              badge: string;
              state: 'active' | 'paused' | 'stopped';
              /** decide | stopped | gap | stale | down | late | new | paused | good */
              health: string;
              /** green | amber | red | none */
              freshness: string;
              appliedSeq: number;
              /** batches that wait for an earlier one */
              waiting: number;
              /** batches that wait for a person */
              held: number;
              failures: number;
              problem?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
              };
              lastError?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
              };
              dataAt?: string;
              checkedAt?: string;
              nextAt?: string;
              takers: number;
            };
            settings: Record<string, unknown>;
            hasCredential: boolean;
            watermark?: string;
            batches: ({
              seq: number;
              /** waiting | applying | held | quarantined | stopped | applied | refused */
              state: string;
              rows?: number;
              digest: string;
              watermark?: string;
              import?: string;
              receivedAt: string;
              appliedAt?: string;
              problem?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
              };
              added: number;
              changed: number;
              removed: number;
              known: number;
              decidedBy?: string;
              reason?: string;
            })[];
            incidents: {
              kind: string;
              seq?: number;
              text: {
                zh: string;
                en: string;
              };
              at: string;
            }[];
            subscriptions: ({
              id: string;
              grant: string;
              taker: string;
              kind: 'inbox' | 'http';
              url?: string;
              state: string;
              sentSeq: number;
              /** batches that have not been delivered yet */
              lag: number;
              rows: number;
              failures: number;
              lastError?: {
                code: string;
                text: {
                  zh: string;
                  en: string;
                };
              };
              deliveredAt?: string;
              endedWhy?: {
                zh: string;
                en: string;
              };
            })[];
            grants: {
              id: string;
              taker: string;
              resource: string;
              fields: string[];
            }[];
            mine: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put: { /** 修改数据接口 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          connector: 'push' | 'http' | 'sftp' | 'postgres' | 'mariadb' | 'mqtt';
          settings: Record<string, unknown>;
          mode: 'increment' | 'snapshot';
          cycleSeconds: number;
          /** left out: as it is; null: none any more */
          credential?: string | null;
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/batches': {
    get?: never;
    put?: never;
    post: { /** 推送一批数据（每行一个 JSON 对象） */
      parameters: {
        query: {
          seq: number;
          count: number;
          sm3: string;
          watermark?: string;
        };
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/octet-stream': string;
      } };
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            seq: number;
            /** waiting | applying | duplicate | nothing */
            state: string;
            appliedSeq: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        413: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/batches/{seq}/release': {
    get?: never;
    put?: never;
    post: { /** 放行被暂扣的批次 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          seq: number;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            seq: number;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/batches/{seq}/refuse': {
    get?: never;
    put?: never;
    post: { /** 拒收批次 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          seq: number;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            seq: number;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/resume': {
    get?: never;
    put?: never;
    post: { /** 恢复数据接口 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          acceptColumns: boolean;
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/pause': {
    get?: never;
    put?: never;
    post: { /** 暂停数据接口 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/read': {
    get?: never;
    put?: never;
    post: { /** 立即读取来源 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            queued: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/subscriptions': {
    get?: never;
    put?: never;
    post: { /** 按授权订阅数据变更 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          grant: string;
          kind: 'inbox' | 'http';
          url?: string;
          fromStart: boolean;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            /** key of the signatures, shown once */
            secret?: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/exchange/feeds/{id}/subscriptions/{subscription}/end': {
    get?: never;
    put?: never;
    post: { /** 停止投递 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          subscription: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/systems': {
    get: { /** 外部系统及密钥 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            systems: ({
              id: string;
              name: string;
              nameEn: string;
              unit: string;
              contact: string;
              networks: string[];
              tlsFingerprints: string[];
              permits: ({
                service: string;
                purposes: string[];
                fields: string[];
                perMinute: number | null;
                perDay: number | null;
              })[];
              enabled: boolean;
              lastCall: string | null;
              callsToday: number;
              refusedToday: number;
              keys: ({
                id: string;
                algorithm: string;
                fingerprint: string;
                certificate: boolean;
                authority: string | null;
                validFrom: string;
                validUntil: string;
                state: string;
                revokedAt: string | null;
                revokedReason: string | null;
              })[];
            })[];
            authorities: ({
              id: string;
              name: string;
              validUntil: string;
              revokedAt: string | null;
            })[];
            nodeKeys: {
              id: string;
              algorithm: string;
              fingerprint: string;
              since: string;
            }[];
            /** how often a system may call where nothing else was agreed */
            usual: {
              perMinute: number;
              perDay: number;
            };
            services: {
              id: string;
              title: {
                zh: string;
                en: string;
              };
              fields: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记外部系统 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          name: string;
          nameEn: string;
          unit: string;
          contact: string;
          networks: string[];
          tlsFingerprints: string[];
          permits: ({
            service: string;
            purposes: string[];
            fields: string[];
            perMinute: number | null;
            perDay: number | null;
          })[];
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/systems/{id}/calls': {
    get: { /** 外部系统的调用情况（按日、服务、用途、结果） */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            system: string;
            days: ({
              day: string;
              service: string | null;
              item: string | null;
              purpose: string | null;
              outcome: string;
              code: string | null;
              calls: number;
              subjects: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/messages': {
    get: { /** 网关报文日志 */
      parameters: {
        query?: {
          system?: string;
          outcome?: 'answered' | 'refused';
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            messages: ({
              id: string;
              at: string;
              system: string | null;
              service: string | null;
              item: string | null;
              purpose: string | null;
              caseNo: string | null;
              outcome: string;
              code: string | null;
              status: number;
              rows: number;
              subjects: number;
              address: string;
              tookMs: number;
            })[];
            more: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/messages/{id}/evidence': {
    get: { /** 下载一份报文的凭证 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            format: string;
            message: Record<string, unknown>;
            digest: string;
            requestKey: string | null;
            answerKey: string | null;
            audit: unknown;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/grants/{id}/limit': {
    get?: never;
    put: { /** 约定一份授权的调用频次 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          perMinute: number;
          perDay: number;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            grant: string;
            perMinute: number;
            perDay: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/systems/{id}': {
    get?: never;
    put: { /** 修改外部系统 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          name: string;
          nameEn: string;
          unit: string;
          contact: string;
          networks: string[];
          tlsFingerprints: string[];
          permits: ({
            service: string;
            purposes: string[];
            fields: string[];
            perMinute: number | null;
            perDay: number | null;
          })[];
          enabled: boolean;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            enabled: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/systems/{id}/keys': {
    get?: never;
    put?: never;
    post: { /** 登记外部系统的密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          key: string;
          validUntil: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            algorithm: string;
            fingerprint: string;
            validFrom: string;
            validUntil: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/keys/{id}/retire': {
    get?: never;
    put?: never;
    post: { /** 换钥后停用旧密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          until: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            validUntil: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/authorities': {
    get?: never;
    put?: never;
    post: { /** 登记证书签发机构 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          name: string;
          certificate: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/keys/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 吊销外部系统的密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gateway/authorities/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 停用证书签发机构 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/series/series/{id}': {
    get: { /** 时序数据的分区、保全与销毁证明 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            title: {
              zh: string;
              en: string;
            };
            grain: string;
            keepDays: number;
            keepRule: string;
            parts: ({
              name: string;
              state: string;
              from: string;
              until: string;
              rows: number | null;
              bytes: number | null;
              digest: string | null;
              lastRead: string | null;
              held: boolean;
            })[];
            holds: ({
              id: string;
              from: string;
              until: string;
              reason: string;
              heldBy: string;
              releasedBy: string | null;
              releaseReason: string | null;
            })[];
            deletions: {
              what: string;
              rows: number;
              digest: string;
              rule: string;
              ruleVersion: number;
              at: string;
              done: boolean;
            }[];
            repairs: {
              part: string;
              copy: number;
              digest: string;
              found: string;
              at: string;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/series/series/{id}/holds': {
    get?: never;
    put?: never;
    post: { /** 保全一段时序数据 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          from: string;
          until: string;
          reason: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/series/holds/{hold}/release': {
    get?: never;
    put?: never;
    post: { /** 解除保全 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          hold: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            series: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/series/series/{id}/parts/{part}/move': {
    get?: never;
    put?: never;
    post: { /** 迁移一个分区 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
          part: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          to: 'hot' | 'cold';
        };
      } };
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            job: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/themes': {
    get: { /** 专题库清单 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            themes: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              field: string;
              steward: string;
              state: string;
              version: number;
              kind: string;
              level: string | null;
              refreshedAt: string | null;
              rows: number | null;
              remainder: number | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 新建专题库 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          title: {
            zh: string;
            en: string;
          };
          field: string;
          definition: {
            kind: 'associate' | 'extract' | 'index';
            inputs: {
              as: string;
              resource: string;
              rows?: {
                field: string;
                in: string[];
              }[];
            }[];
            joins: {
              left: string;
              right: string;
              required: boolean;
            }[];
            columns: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              from: string;
              as?: 'value' | 'year' | 'present';
            })[];
            index?: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              from: string;
              base: 'person' | 'firm' | 'building';
            })[];
            count?: {
              name: string;
              title: {
                zh: string;
                en: string;
              };
              least?: number;
            };
            key?: string;
            purposes: string[];
            level?: 'L1' | 'L2' | 'L3' | 'L4';
          };
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            title: {
              zh: string;
              en: string;
            };
            field: string;
            steward: string;
            state: string;
            version: number;
            problem: {
              zh: string;
              en: string;
            } | null;
            draft: {
              kind: 'associate' | 'extract' | 'index';
              inputs: {
                as: string;
                resource: string;
                rows?: {
                  field: string;
                  in: string[];
                }[];
              }[];
              joins: {
                left: string;
                right: string;
                required: boolean;
              }[];
              columns: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                as?: 'value' | 'year' | 'present';
              })[];
              index?: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                base: 'person' | 'firm' | 'building';
              })[];
              count?: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                least?: number;
              };
              key?: string;
              purposes: string[];
              level?: 'L1' | 'L2' | 'L3' | 'L4';
            };
            faults: {
              pointer: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
            level: string;
            purposes: string[];
            needs: {
              grant: string;
              alias: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              fields: string[];
              state: string;
            }[];
            lineage: {
              column: string;
              part: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              field: string;
              fieldTitle: {
                zh: string;
                en: string;
              };
              level: string;
              owner: string;
            }[];
            placement: {
              structure: string;
              tier: string;
              reason: {
                zh: string;
                en: string;
              };
            };
            readsPerDay: number;
            runs: ({
              at: string;
              outcome: string;
              rows: number | null;
              remainder: number | null;
              tookMs: number | null;
              reason: {
                zh: string;
                en: string;
              } | null;
            })[];
            mayBuild: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/themes/{id}': {
    get: { /** 专题库详情与血缘 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            title: {
              zh: string;
              en: string;
            };
            field: string;
            steward: string;
            state: string;
            version: number;
            problem: {
              zh: string;
              en: string;
            } | null;
            draft: {
              kind: 'associate' | 'extract' | 'index';
              inputs: {
                as: string;
                resource: string;
                rows?: {
                  field: string;
                  in: string[];
                }[];
              }[];
              joins: {
                left: string;
                right: string;
                required: boolean;
              }[];
              columns: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                as?: 'value' | 'year' | 'present';
              })[];
              index?: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                base: 'person' | 'firm' | 'building';
              })[];
              count?: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                least?: number;
              };
              key?: string;
              purposes: string[];
              level?: 'L1' | 'L2' | 'L3' | 'L4';
            };
            faults: {
              pointer: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
            level: string;
            purposes: string[];
            needs: {
              grant: string;
              alias: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              fields: string[];
              state: string;
            }[];
            lineage: {
              column: string;
              part: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              field: string;
              fieldTitle: {
                zh: string;
                en: string;
              };
              level: string;
              owner: string;
            }[];
            placement: {
              structure: string;
              tier: string;
              reason: {
                zh: string;
                en: string;
              };
            };
            readsPerDay: number;
            runs: ({
              at: string;
              outcome: string;
              rows: number | null;
              remainder: number | null;
              tookMs: number | null;
              reason: {
                zh: string;
                en: string;
              } | null;
            })[];
            mayBuild: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put: { /** 编辑专题库草稿 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: {
            zh: string;
            en: string;
          };
          field: string;
          definition: {
            kind: 'associate' | 'extract' | 'index';
            inputs: {
              as: string;
              resource: string;
              rows?: {
                field: string;
                in: string[];
              }[];
            }[];
            joins: {
              left: string;
              right: string;
              required: boolean;
            }[];
            columns: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              from: string;
              as?: 'value' | 'year' | 'present';
            })[];
            index?: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              from: string;
              base: 'person' | 'firm' | 'building';
            })[];
            count?: {
              name: string;
              title: {
                zh: string;
                en: string;
              };
              least?: number;
            };
            key?: string;
            purposes: string[];
            level?: 'L1' | 'L2' | 'L3' | 'L4';
          };
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            title: {
              zh: string;
              en: string;
            };
            field: string;
            steward: string;
            state: string;
            version: number;
            problem: {
              zh: string;
              en: string;
            } | null;
            draft: {
              kind: 'associate' | 'extract' | 'index';
              inputs: {
                as: string;
                resource: string;
                rows?: {
                  field: string;
                  in: string[];
                }[];
              }[];
              joins: {
                left: string;
                right: string;
                required: boolean;
              }[];
              columns: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                as?: 'value' | 'year' | 'present';
              })[];
              index?: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                base: 'person' | 'firm' | 'building';
              })[];
              count?: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                least?: number;
              };
              key?: string;
              purposes: string[];
              level?: 'L1' | 'L2' | 'L3' | 'L4';
            };
            faults: {
              pointer: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
            level: string;
            purposes: string[];
            needs: {
              grant: string;
              alias: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              fields: string[];
              state: string;
            }[];
            lineage: {
              column: string;
              part: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              field: string;
              fieldTitle: {
                zh: string;
                en: string;
              };
              level: string;
              owner: string;
            }[];
            placement: {
              structure: string;
              tier: string;
              reason: {
                zh: string;
                en: string;
              };
            };
            readsPerDay: number;
            runs: ({
              at: string;
              outcome: string;
              rows: number | null;
              remainder: number | null;
              tookMs: number | null;
              reason: {
                zh: string;
                en: string;
              } | null;
            })[];
            mayBuild: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/themes/{id}/publish': {
    get?: never;
    put?: never;
    post: { /** 发布专题库 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            title: {
              zh: string;
              en: string;
            };
            field: string;
            steward: string;
            state: string;
            version: number;
            problem: {
              zh: string;
              en: string;
            } | null;
            draft: {
              kind: 'associate' | 'extract' | 'index';
              inputs: {
                as: string;
                resource: string;
                rows?: {
                  field: string;
                  in: string[];
                }[];
              }[];
              joins: {
                left: string;
                right: string;
                required: boolean;
              }[];
              columns: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                as?: 'value' | 'year' | 'present';
              })[];
              index?: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                base: 'person' | 'firm' | 'building';
              })[];
              count?: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                least?: number;
              };
              key?: string;
              purposes: string[];
              level?: 'L1' | 'L2' | 'L3' | 'L4';
            };
            faults: {
              pointer: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
            level: string;
            purposes: string[];
            needs: {
              grant: string;
              alias: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              fields: string[];
              state: string;
            }[];
            lineage: {
              column: string;
              part: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              field: string;
              fieldTitle: {
                zh: string;
                en: string;
              };
              level: string;
              owner: string;
            }[];
            placement: {
              structure: string;
              tier: string;
              reason: {
                zh: string;
                en: string;
              };
            };
            readsPerDay: number;
            runs: ({
              at: string;
              outcome: string;
              rows: number | null;
              remainder: number | null;
              tookMs: number | null;
              reason: {
                zh: string;
                en: string;
              } | null;
            })[];
            mayBuild: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/themes/{id}/refresh': {
    get?: never;
    put?: never;
    post: { /** 立即刷新专题库 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            title: {
              zh: string;
              en: string;
            };
            field: string;
            steward: string;
            state: string;
            version: number;
            problem: {
              zh: string;
              en: string;
            } | null;
            draft: {
              kind: 'associate' | 'extract' | 'index';
              inputs: {
                as: string;
                resource: string;
                rows?: {
                  field: string;
                  in: string[];
                }[];
              }[];
              joins: {
                left: string;
                right: string;
                required: boolean;
              }[];
              columns: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                as?: 'value' | 'year' | 'present';
              })[];
              index?: ({
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                from: string;
                base: 'person' | 'firm' | 'building';
              })[];
              count?: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                least?: number;
              };
              key?: string;
              purposes: string[];
              level?: 'L1' | 'L2' | 'L3' | 'L4';
            };
            faults: {
              pointer: string;
              rule: string;
              message: {
                zh: string;
                en: string;
              };
            }[];
            level: string;
            purposes: string[];
            needs: {
              grant: string;
              alias: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              fields: string[];
              state: string;
            }[];
            lineage: {
              column: string;
              part: string;
              resource: string;
              resourceTitle: {
                zh: string;
                en: string;
              };
              field: string;
              fieldTitle: {
                zh: string;
                en: string;
              };
              level: string;
              owner: string;
            }[];
            placement: {
              structure: string;
              tier: string;
              reason: {
                zh: string;
                en: string;
              };
            };
            readsPerDay: number;
            runs: ({
              at: string;
              outcome: string;
              rows: number | null;
              remainder: number | null;
              tookMs: number | null;
              reason: {
                zh: string;
                en: string;
              } | null;
            })[];
            mayBuild: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/themes/{id}/sample': {
    get: { /** 专题库脱敏样例 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            columns: {
              name: string;
            }[];
            rows: ((string | null)[])[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/themes/{id}/remainder': {
    get: { /** 专题库归集余量 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            total: number;
            rows: {
              key: string;
              name: string;
              reason: string;
              resolver: string;
              since: string;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/theme/placements': {
    get: { /** 存储布局 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            placements: ({
              id: string;
              kind: 'theme' | 'series';
              title: {
                zh: string;
                en: string;
              };
              tier: string;
              structure: string;
              wanted: string | null;
              reason: {
                zh: string;
                en: string;
              } | null;
              parts: number | null;
              rows: number | null;
              bytes: number;
              lastRead: string | null;
              keepDays: number | null;
              keepRule: string | null;
              cost: number;
              held: boolean;
            })[];
            prices: {
              tier: string;
              price: number;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/geo/locate': {
    get: { /** 查询一点所在的网格、居委会、街道和区 */
      parameters: {
        query: {
          lon: number;
          lat: number;
          crs?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            lon: number;
            lat: number;
          } & ({
            status: 'INSIDE' | 'OUTSIDE';
            cell: ({
              code: string;
              name: string;
              nameEn: string | null;
            }) | null;
            committee: ({
              code: string;
              name: string;
              nameEn: string | null;
            }) | null;
            street: ({
              code: string;
              name: string;
              nameEn: string | null;
            }) | null;
            district: ({
              code: string;
              name: string;
              nameEn: string | null;
            }) | null;
          });
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 批量查询各点所在的网格、居委会、街道和区 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          /** required: EPSG:4490, EPSG:4326, GCJ-02, BD-09 */
          crs?: string;
          points: unknown[][];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            located: ({
              status: 'INSIDE' | 'OUTSIDE';
              cell: ({
                code: string;
                name: string;
                nameEn: string | null;
              }) | null;
              committee: ({
                code: string;
                name: string;
                nameEn: string | null;
              }) | null;
              street: ({
                code: string;
                name: string;
                nameEn: string | null;
              }) | null;
              district: ({
                code: string;
                name: string;
                nameEn: string | null;
              }) | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/geo/areas': {
    get: { /** 按级别或上级列出区划 */
      parameters: {
        query?: {
          level?: 'district' | 'street' | 'committee' | 'cell';
          parent?: string;
          under?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            areas: (({
              /** 代码 — Code */
              code: string;
              /** 级别 — Level */
              level: string;
              /** 名称 — Name */
              name: string;
              /** 英文名称 — English name */
              nameEn: string | null;
              /** 上级代码 — Parent code */
              parent: string | null;
              /** 范围为样例生成 — Outline generated as a sample */
              generated: boolean;
              /** 数据集 — Dataset */
              dataset: string;
            }) & ({
              /** west, south, east, north */
              bbox: number[] | null;
              /** longitude, latitude of a point inside */
              point: number[] | null;
            }))[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/geo/layers': {
    get: { /** 地图图层目录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** approval number of the public base map (审图号); null = not obtained */
            approval: string | null;
            layers: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              description: {
                zh: string;
                en: string;
              };
              resource: string;
              /** URL template of vector tiles; the layer in a tile has the id of this layer */
              tiles: string;
              /** OGC API Features */
              items: string;
              minZoom: number;
              badge: string | null;
              licence: string | null;
              attribution: string | null;
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/address': {
    get: { /** 解析地址并找到建筑物 */
      parameters: {
        query: {
          text: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            parts: {
              road: string | null;
              lane: string | null;
              number: string | null;
              room: string | null;
              key: string | null;
            };
            building: ({
              /** 房屋编码 — Building code */
              code: string;
              /** 名称 — Name */
              name: string | null;
              /** 坐落 — Address */
              address: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 网格代码 — Grid cell */
              cellCode: string | null;
            }) | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/geocode': {
    get: { /** 地址解析：找到房屋、房间、居委、网格和责任岗位 */
      parameters: {
        query: {
          text: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** found: sure enough to be assigned; unsure: for a person to choose; outside: another district; unknown: no such address */
            status: 'found' | 'unsure' | 'outside' | 'unknown';
            district: string | null;
            compared: string;
            candidates: ({
              /** 0…1; below 0.7 nothing is assigned */
              confidence: number;
              place: {
                code: string;
                name: string | null;
                address: string | null;
                unifiedCode: string | null;
                yearBuilt: number | null;
                heritageClass: string | null;
                facadeClass: string | null;
                managedBy: string | null;
                cell: {
                  code: string;
                  name: string;
                } | null;
                committee: {
                  code: string;
                  name: string;
                } | null;
                street: {
                  code: string;
                  name: string;
                } | null;
                /** degrees, EPSG:4490 */
                location: {
                  lon: number;
                  lat: number;
                } | null;
                posts: {
                  duty: string;
                  unit: string;
                  post: string;
                }[];
              };
              room: {
                /** none: no room was written, or rooms are not for who asks (officials only) */
                state: 'matched' | 'unknown' | 'ambiguous' | 'none';
                written: string | null;
                number: string | null;
                floor: number | null;
                kind: string | null;
                among: string[];
              };
              steps: {
                part: string;
                how: string;
                read: string;
                matched: string;
                factor: number;
              }[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 批量地址解析 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          addresses: string[];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            answers: ({
              /** found: sure enough to be assigned; unsure: for a person to choose; outside: another district; unknown: no such address */
              status: 'found' | 'unsure' | 'outside' | 'unknown';
              district: string | null;
              compared: string;
              candidates: ({
                /** 0…1; below 0.7 nothing is assigned */
                confidence: number;
                place: {
                  code: string;
                  name: string | null;
                  address: string | null;
                  unifiedCode: string | null;
                  yearBuilt: number | null;
                  heritageClass: string | null;
                  facadeClass: string | null;
                  managedBy: string | null;
                  cell: {
                    code: string;
                    name: string;
                  } | null;
                  committee: {
                    code: string;
                    name: string;
                  } | null;
                  street: {
                    code: string;
                    name: string;
                  } | null;
                  /** degrees, EPSG:4490 */
                  location: {
                    lon: number;
                    lat: number;
                  } | null;
                  posts: {
                    duty: string;
                    unit: string;
                    post: string;
                  }[];
                };
                room: {
                  /** none: no room was written, or rooms are not for who asks (officials only) */
                  state: 'matched' | 'unknown' | 'ambiguous' | 'none';
                  written: string | null;
                  number: string | null;
                  floor: number | null;
                  kind: string | null;
                  among: string[];
                };
                steps: {
                  part: string;
                  how: string;
                  read: string;
                  matched: string;
                  factor: number;
                }[];
              })[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/geocode-jobs': {
    get?: never;
    put?: never;
    post: { /** 提交批量地址解析任务 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          addresses: string[];
        };
      } };
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            total: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/geocode-jobs/{id}': {
    get: { /** 批量地址解析任务的进度与结果 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            total: number;
            done: number;
            answers: ({
              status: string;
              district: string | null;
              confidence: number | null;
              building: string | null;
              address: string | null;
              room: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/reverse': {
    get: { /** 逆地址解析：一点附近的房屋与地址 */
      parameters: {
        query: {
          lon: number;
          lat: number;
          crs?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            places: ({
              /** 0 = the point is in it */
              metres: number;
              place: {
                code: string;
                name: string | null;
                address: string | null;
                unifiedCode: string | null;
                yearBuilt: number | null;
                heritageClass: string | null;
                facadeClass: string | null;
                managedBy: string | null;
                cell: {
                  code: string;
                  name: string;
                } | null;
                committee: {
                  code: string;
                  name: string;
                } | null;
                street: {
                  code: string;
                  name: string;
                } | null;
                /** degrees, EPSG:4490 */
                location: {
                  lon: number;
                  lat: number;
                } | null;
                posts: {
                  duty: string;
                  unit: string;
                  post: string;
                }[];
              };
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/map': {
    get: { /** 某年在某范围内的房屋轮廓 */
      parameters: {
        query: {
          west: number;
          south: number;
          east: number;
          north: number;
          year: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            type: 'FeatureCollection';
            features: {
              type: 'Feature';
              properties: Record<string, unknown>;
              geometry: unknown;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/buildings': {
    get: { /** 按区划列出建筑物 */
      parameters: {
        query?: {
          under?: string;
          after?: string;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            total: number;
            buildings: ({
              /** 房屋编码 — Building code */
              code: string;
              /** 名称 — Name */
              name: string | null;
              /** 坐落 — Address */
              address: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 网格代码 — Grid cell */
              cellCode: string | null;
              /** 建成年份 — Year built */
              yearBuilt: number | null;
              /** 地上层数 — Floors above ground */
              floors: number | null;
              /** 用途 — Use */
              use: string | null;
              /** 历史建筑类别 — Heritage class */
              heritageClass: string | null;
              /** 总户数 — Dwellings */
              dwellings: number | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/buildings/{code}': {
    get: { /** 建筑物卡片：每项的值、来源与不同说法 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            committeeCode: string | null;
            cellCode: string | null;
            addressKey: string | null;
            knownSince: string;
            knownUntil: string | null;
            unifiedCode: string | null;
            /** standing, demolished, merged or split */
            status: string;
            endedOn: string | null;
            history: ({
              kind: string;
              predecessor: string;
              successor: string | null;
              happenedOn: string;
              basis: string;
            })[];
            formerAddresses: ({
              address: string;
              until: string | null;
            })[];
            attributes: ({
              name: string;
              value: string | null;
              source: {
                claim: number;
                dataset: string;
                unit: string;
                at: string;
              } | null;
              others: {
                value: string;
                source: {
                  claim: number;
                  dataset: string;
                  unit: string;
                  at: string;
                };
              }[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/buildings/{code}/rooms': {
    get: { /** 房屋的楼层与房间 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            rooms: ({
              /** 编号 — Id */
              id: string;
              /** 楼层 — Floor */
              floor: number | null;
              /** 室号或部位 — Room */
              number: string;
              /** 类型 — Kind */
              kind: string;
              /** 面积（平方米） — Area, m² */
              areaM2: number | null;
              /** 用途 — Use */
              use: string | null;
              /** 权利类型 — Right */
              rightType: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/conflicts': {
    get: { /** 待判定的房屋冲突 */
      parameters: {
        query?: {
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            open: number;
            conflicts: ({
              id: string;
              kind: string;
              relation: string | null;
              foundAt: string;
              choices: string[];
              buildings: ({
                id: string;
                label: string | null;
                /** GeoJSON geometry, EPSG:4490 */
                shape: unknown;
              })[];
              outlines: ({
                id: string;
                label: string | null;
                /** GeoJSON geometry, EPSG:4490 */
                shape: unknown;
              })[];
              facts: Record<string, string>;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/conflicts/{id}/decision': {
    get?: never;
    put?: never;
    post: { /** 判定房屋冲突 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          decision: 'same' | 'parts' | 'split' | 'merge' | 'apart';
          /** which of the buildings it is, for same and parts */
          building?: string;
          note?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            decision: string;
            created: string[];
            ended: string[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/space/buildings/{code}/demolition': {
    get?: never;
    put?: never;
    post: { /** 登记房屋拆除 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          happenedOn: string;
          basis: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            code: string;
            status: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/disputes/own': {
    get: { /** 本人信息的异议 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            disputes: ({
              /** 编号 — Id */
              id: string;
              /** 基础库 — Base database */
              base: string;
              /** 涉及的人 — Person */
              subjectPerson: string | null;
              /** 涉及的单位 — Enterprise */
              subjectEntity: string | null;
              /** 数据项 — Item */
              attribute: string;
              /** 主张的内容 — Claimed value */
              claimed: string | null;
              /** 理由 — Reason */
              reason: string;
              /** 证明材料 — Evidence */
              evidence: string | null;
              /** 提出人 — Filed by */
              filedName: string;
              /** 提出单位 — Unit that filed it */
              filedUnit: string | null;
              /** 提出时间 — Filed at */
              filedAt: string;
              /** 来源单位 — Unit of the source */
              unit: string;
              /** 复核的原异议 — Dispute under review */
              appealOf: string | null;
              /** 办理方 — Whose task */
              addressee: string;
              /** 状态 — State */
              state: string;
              /** 逾期上报时间 — Escalated at */
              escalatedAt: string | null;
              /** 答复 — Answer */
              answer: string | null;
              /** 答复人 — Answered by */
              answeredName: string | null;
              /** 答复单位 — Answering unit */
              answeredUnit: string | null;
              /** 办结时间 — Closed at */
              closedAt: string | null;
              baseTitle: {
                zh: string;
                en: string;
              };
              attributeTitle: {
                zh: string;
                en: string;
              };
              /** name of the person or enterprise */
              label: string;
              card: string | null;
              values: {
                unit: string;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                receivedAt: string;
                value: string;
                masked: boolean;
                golden: boolean;
              }[];
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              /** the caller, or the unit of the caller, filed it */
              mine: boolean;
              mayAnswer: boolean;
              mayWithdraw: boolean;
              mayAppeal: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 对本人信息提出异议 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          base: string;
          attribute: string;
          claimed?: string;
          reason: string;
          evidence?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 基础库 — Base database */
            base: string;
            /** 涉及的人 — Person */
            subjectPerson: string | null;
            /** 涉及的单位 — Enterprise */
            subjectEntity: string | null;
            /** 数据项 — Item */
            attribute: string;
            /** 主张的内容 — Claimed value */
            claimed: string | null;
            /** 理由 — Reason */
            reason: string;
            /** 证明材料 — Evidence */
            evidence: string | null;
            /** 提出人 — Filed by */
            filedName: string;
            /** 提出单位 — Unit that filed it */
            filedUnit: string | null;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 来源单位 — Unit of the source */
            unit: string;
            /** 复核的原异议 — Dispute under review */
            appealOf: string | null;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 逾期上报时间 — Escalated at */
            escalatedAt: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 答复单位 — Answering unit */
            answeredUnit: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            baseTitle: {
              zh: string;
              en: string;
            };
            attributeTitle: {
              zh: string;
              en: string;
            };
            /** name of the person or enterprise */
            label: string;
            card: string | null;
            values: {
              unit: string;
              dataset: string;
              datasetTitle: {
                zh: string;
                en: string;
              };
              receivedAt: string;
              value: string;
              masked: boolean;
              golden: boolean;
            }[];
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            /** the caller, or the unit of the caller, filed it */
            mine: boolean;
            mayAnswer: boolean;
            mayWithdraw: boolean;
            mayAppeal: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/disputes': {
    get: { /** 数据异议 */
      parameters: {
        query?: {
          view?: 'answer' | 'filed' | 'closed';
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            disputes: ({
              /** 编号 — Id */
              id: string;
              /** 基础库 — Base database */
              base: string;
              /** 涉及的人 — Person */
              subjectPerson: string | null;
              /** 涉及的单位 — Enterprise */
              subjectEntity: string | null;
              /** 数据项 — Item */
              attribute: string;
              /** 主张的内容 — Claimed value */
              claimed: string | null;
              /** 理由 — Reason */
              reason: string;
              /** 证明材料 — Evidence */
              evidence: string | null;
              /** 提出人 — Filed by */
              filedName: string;
              /** 提出单位 — Unit that filed it */
              filedUnit: string | null;
              /** 提出时间 — Filed at */
              filedAt: string;
              /** 来源单位 — Unit of the source */
              unit: string;
              /** 复核的原异议 — Dispute under review */
              appealOf: string | null;
              /** 办理方 — Whose task */
              addressee: string;
              /** 状态 — State */
              state: string;
              /** 逾期上报时间 — Escalated at */
              escalatedAt: string | null;
              /** 答复 — Answer */
              answer: string | null;
              /** 答复人 — Answered by */
              answeredName: string | null;
              /** 答复单位 — Answering unit */
              answeredUnit: string | null;
              /** 办结时间 — Closed at */
              closedAt: string | null;
              baseTitle: {
                zh: string;
                en: string;
              };
              attributeTitle: {
                zh: string;
                en: string;
              };
              /** name of the person or enterprise */
              label: string;
              card: string | null;
              values: {
                unit: string;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                receivedAt: string;
                value: string;
                masked: boolean;
                golden: boolean;
              }[];
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              /** the caller, or the unit of the caller, filed it */
              mine: boolean;
              mayAnswer: boolean;
              mayWithdraw: boolean;
              mayAppeal: boolean;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 对基础数据提出校核 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          base: string;
          attribute: string;
          claimed?: string;
          reason: string;
          evidence?: string;
          subject: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 基础库 — Base database */
            base: string;
            /** 涉及的人 — Person */
            subjectPerson: string | null;
            /** 涉及的单位 — Enterprise */
            subjectEntity: string | null;
            /** 数据项 — Item */
            attribute: string;
            /** 主张的内容 — Claimed value */
            claimed: string | null;
            /** 理由 — Reason */
            reason: string;
            /** 证明材料 — Evidence */
            evidence: string | null;
            /** 提出人 — Filed by */
            filedName: string;
            /** 提出单位 — Unit that filed it */
            filedUnit: string | null;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 来源单位 — Unit of the source */
            unit: string;
            /** 复核的原异议 — Dispute under review */
            appealOf: string | null;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 逾期上报时间 — Escalated at */
            escalatedAt: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 答复单位 — Answering unit */
            answeredUnit: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            baseTitle: {
              zh: string;
              en: string;
            };
            attributeTitle: {
              zh: string;
              en: string;
            };
            /** name of the person or enterprise */
            label: string;
            card: string | null;
            values: {
              unit: string;
              dataset: string;
              datasetTitle: {
                zh: string;
                en: string;
              };
              receivedAt: string;
              value: string;
              masked: boolean;
              golden: boolean;
            }[];
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            /** the caller, or the unit of the caller, filed it */
            mine: boolean;
            mayAnswer: boolean;
            mayWithdraw: boolean;
            mayAppeal: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/waiting': {
    get: { /** 待答复的数据异议数 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            waiting: number;
            late: number;
            days: number | null;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/disputes/{id}': {
    get: { /** 一件数据异议 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 基础库 — Base database */
            base: string;
            /** 涉及的人 — Person */
            subjectPerson: string | null;
            /** 涉及的单位 — Enterprise */
            subjectEntity: string | null;
            /** 数据项 — Item */
            attribute: string;
            /** 主张的内容 — Claimed value */
            claimed: string | null;
            /** 理由 — Reason */
            reason: string;
            /** 证明材料 — Evidence */
            evidence: string | null;
            /** 提出人 — Filed by */
            filedName: string;
            /** 提出单位 — Unit that filed it */
            filedUnit: string | null;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 来源单位 — Unit of the source */
            unit: string;
            /** 复核的原异议 — Dispute under review */
            appealOf: string | null;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 逾期上报时间 — Escalated at */
            escalatedAt: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 答复单位 — Answering unit */
            answeredUnit: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            baseTitle: {
              zh: string;
              en: string;
            };
            attributeTitle: {
              zh: string;
              en: string;
            };
            /** name of the person or enterprise */
            label: string;
            card: string | null;
            values: {
              unit: string;
              dataset: string;
              datasetTitle: {
                zh: string;
                en: string;
              };
              receivedAt: string;
              value: string;
              masked: boolean;
              golden: boolean;
            }[];
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            /** the caller, or the unit of the caller, filed it */
            mine: boolean;
            mayAnswer: boolean;
            mayWithdraw: boolean;
            mayAppeal: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/corrections': {
    get: { /** 待来源更正的数据 */
      parameters: {
        query?: {
          after?: number;
          open?: '1';
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            corrections: ({
              attributeTitle: {
                zh: string;
                en: string;
              };
              /** 序号 — Sequence */
              seq: number;
              /** 异议 — Dispute */
              dispute: string;
              /** 数据集 — Data set */
              dataset: string | null;
              /** 行号 — Row */
              rowNo: number | null;
              /** 涉及的人 — Person */
              subjectPerson: string | null;
              /** 涉及的单位 — Enterprise */
              subjectEntity: string | null;
              /** 数据项 — Item */
              attribute: string;
              /** 正确的内容 — Right value */
              value: string | null;
              /** 生成时间 — Made at */
              madeAt: string;
              /** 来源已更正 — Adopted by the source */
              adoptedAt: string | null;
            })[];
            next: number | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/disputes/{id}/answer': {
    get?: never;
    put?: never;
    post: { /** 答复数据异议 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
          'X-Purpose': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          accept: boolean;
          text: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 基础库 — Base database */
            base: string;
            /** 涉及的人 — Person */
            subjectPerson: string | null;
            /** 涉及的单位 — Enterprise */
            subjectEntity: string | null;
            /** 数据项 — Item */
            attribute: string;
            /** 主张的内容 — Claimed value */
            claimed: string | null;
            /** 理由 — Reason */
            reason: string;
            /** 证明材料 — Evidence */
            evidence: string | null;
            /** 提出人 — Filed by */
            filedName: string;
            /** 提出单位 — Unit that filed it */
            filedUnit: string | null;
            /** 提出时间 — Filed at */
            filedAt: string;
            /** 来源单位 — Unit of the source */
            unit: string;
            /** 复核的原异议 — Dispute under review */
            appealOf: string | null;
            /** 办理方 — Whose task */
            addressee: string;
            /** 状态 — State */
            state: string;
            /** 逾期上报时间 — Escalated at */
            escalatedAt: string | null;
            /** 答复 — Answer */
            answer: string | null;
            /** 答复人 — Answered by */
            answeredName: string | null;
            /** 答复单位 — Answering unit */
            answeredUnit: string | null;
            /** 办结时间 — Closed at */
            closedAt: string | null;
            baseTitle: {
              zh: string;
              en: string;
            };
            attributeTitle: {
              zh: string;
              en: string;
            };
            /** name of the person or enterprise */
            label: string;
            card: string | null;
            values: {
              unit: string;
              dataset: string;
              datasetTitle: {
                zh: string;
                en: string;
              };
              receivedAt: string;
              value: string;
              masked: boolean;
              golden: boolean;
            }[];
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            /** the caller, or the unit of the caller, filed it */
            mine: boolean;
            mayAnswer: boolean;
            mayWithdraw: boolean;
            mayAppeal: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/disputes/{id}/withdraw': {
    get?: never;
    put?: never;
    post: { /** 撤回数据异议 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: 'withdrawn';
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dispute/disputes/{id}/appeal': {
    get?: never;
    put?: never;
    post: { /** 申请复核 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/persons': {
    get: { /** 按姓名查找居民 */
      parameters: {
        query?: {
          q?: string;
          committee?: string;
          building?: string;
          cursor?: string;
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            persons: ({
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/persons/{pid}': {
    get: { /** 一人一档 */
      parameters: {
        query?: {
          asOf?: string;
          fields?: string;
        };
        header: {
          'X-Purpose': string;
        };
        path: {
          pid: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            asOf: string | null;
            since: string;
            record: {
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 民族 — Ethnic group */
              nation: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 室号 — Room */
              room: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 居住起始日期 — Lives there since */
              residenceFrom: string | null;
              /** 户籍地址 — Registered address */
              hukouAddress: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 死亡日期 — Date of death */
              deathDate: string | null;
            };
            /** masked */
            idNumber: string | null;
            /** degrees, EPSG:4490 */
            location: {
              lon: number;
              lat: number;
            } | null;
            attributes: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              group: string;
              level: string;
              /** true = the value shown is masked */
              masked: boolean;
              value: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              } | null;
              /** values of other sources that did not become golden */
              others: {
                value: string;
                source: {
                  /** claim id, for the lineage */
                  claim: number;
                  dataset: string;
                  datasetTitle: {
                    zh: string;
                    en: string;
                  };
                  /** unit that sent it */
                  unit: string;
                  receivedAt: string;
                  /** holds since, as the source states it */
                  from?: string;
                  batch?: string;
                  row?: number;
                  badge?: string;
                };
              }[];
              /** 争议中: a dispute about it is open */
              disputed?: boolean;
            })[];
            conditions: ({
              /** 类别 — Kind */
              kind: string;
              /** 状况 — Value */
              value: string | null;
            })[];
            /** homes as the sources state them, the latest first */
            residences: ({
              from: string | null;
              to: string | null;
              address: string;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            household: ({
              householdNo: string;
              members: ({
                /** 人员标识 — Person id */
                pid: string;
                /** 姓名 — Name */
                name: string | null;
                /** 与户主关系 — Relation to the head */
                relation: string | null;
                /** 出生日期 — Date of birth */
                birthDate: string | null;
              })[];
            }) | null;
            life: {
              /** born, married, moved, moved-out, died */
              kind: string;
              on: string;
              /** reported, confirmed, conflict, refuted */
              state: string;
              sources: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              }[];
            }[];
            kin: ({
              /** mother, father, spouse, child */
              kind: string;
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            changes: {
              at: string;
              attributes: string[];
            }[];
            conflicts: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/opened/{id}/{no}': {
    get: { /** 紧急调阅：一人一档 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          id: string;
          no: number;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            asOf: string | null;
            since: string;
            record: {
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 民族 — Ethnic group */
              nation: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 室号 — Room */
              room: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 居住起始日期 — Lives there since */
              residenceFrom: string | null;
              /** 户籍地址 — Registered address */
              hukouAddress: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 死亡日期 — Date of death */
              deathDate: string | null;
            };
            /** masked */
            idNumber: string | null;
            /** degrees, EPSG:4490 */
            location: {
              lon: number;
              lat: number;
            } | null;
            attributes: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              group: string;
              level: string;
              /** true = the value shown is masked */
              masked: boolean;
              value: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              } | null;
              /** values of other sources that did not become golden */
              others: {
                value: string;
                source: {
                  /** claim id, for the lineage */
                  claim: number;
                  dataset: string;
                  datasetTitle: {
                    zh: string;
                    en: string;
                  };
                  /** unit that sent it */
                  unit: string;
                  receivedAt: string;
                  /** holds since, as the source states it */
                  from?: string;
                  batch?: string;
                  row?: number;
                  badge?: string;
                };
              }[];
              /** 争议中: a dispute about it is open */
              disputed?: boolean;
            })[];
            conditions: ({
              /** 类别 — Kind */
              kind: string;
              /** 状况 — Value */
              value: string | null;
            })[];
            /** homes as the sources state them, the latest first */
            residences: ({
              from: string | null;
              to: string | null;
              address: string;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            household: ({
              householdNo: string;
              members: ({
                /** 人员标识 — Person id */
                pid: string;
                /** 姓名 — Name */
                name: string | null;
                /** 与户主关系 — Relation to the head */
                relation: string | null;
                /** 出生日期 — Date of birth */
                birthDate: string | null;
              })[];
            }) | null;
            life: {
              /** born, married, moved, moved-out, died */
              kind: string;
              on: string;
              /** reported, confirmed, conflict, refuted */
              state: string;
              sources: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              }[];
            }[];
            kin: ({
              /** mother, father, spouse, child */
              kind: string;
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            changes: {
              at: string;
              attributes: string[];
            }[];
            conflicts: number;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/persons/{pid}/unmask': {
    get?: never;
    put?: never;
    post: { /** 查看一项完整信息 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          pid: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          field: 'idNumber' | 'name' | 'sex' | 'birthDate' | 'nation' | 'phone' | 'deathDate' | 'residenceAddress' | 'buildingCode' | 'residenceFrom' | 'householdNo' | 'relation' | 'hukouAddress' | 'insured' | 'maritalStatus' | 'school' | 'lowIncome' | 'disability';
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            field: string;
            /** 公民身份号码 — Identity number */
            value: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/verify': {
    get?: never;
    put?: never;
    post: { /** 核验个人信息 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          idNumber?: string;
          pid?: string;
          fields: {
            name?: string;
            sex?: string;
            birthDate?: string;
            phone?: string;
            address?: string;
            buildingCode?: string;
            committeeCode?: string;
            householdNo?: string;
            insured?: string;
            maritalStatus?: string;
            school?: string;
            lowIncome?: string;
            disability?: string;
          };
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            pid: string | null;
            answers: ({
              field: string;
              answer: 'yes' | 'no' | 'unknown';
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/lineage': {
    get: { /** 数据血缘 */
      parameters: {
        query: {
          pid: string;
          attr: 'name' | 'sex' | 'birthDate' | 'nation' | 'phone' | 'deathDate' | 'residenceAddress' | 'buildingCode' | 'residenceFrom' | 'householdNo' | 'relation' | 'hukouAddress' | 'insured' | 'maritalStatus' | 'school' | 'lowIncome' | 'disability';
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            attribute: string;
            chain: ({
              /** this claim gave the golden value */
              golden: boolean;
              /** golden, other, refuted, superseded or frozen */
              state: string;
              claim: number;
              dataset: string;
              datasetTitle: {
                zh: string;
                en: string;
              };
              unit: string;
              batch: string;
              file: string;
              /** SM3 of the file */
              fileDigest: string;
              row: number;
              column: string | null;
              mappingVersion: number;
              receivedAt: string;
              value: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/self': {
    get: { /** 查看本人数据 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            asOf: string | null;
            since: string;
            record: {
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 民族 — Ethnic group */
              nation: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 室号 — Room */
              room: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 居住起始日期 — Lives there since */
              residenceFrom: string | null;
              /** 户籍地址 — Registered address */
              hukouAddress: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 死亡日期 — Date of death */
              deathDate: string | null;
            };
            /** masked */
            idNumber: string | null;
            /** degrees, EPSG:4490 */
            location: {
              lon: number;
              lat: number;
            } | null;
            attributes: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              group: string;
              level: string;
              /** true = the value shown is masked */
              masked: boolean;
              value: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              } | null;
              /** values of other sources that did not become golden */
              others: {
                value: string;
                source: {
                  /** claim id, for the lineage */
                  claim: number;
                  dataset: string;
                  datasetTitle: {
                    zh: string;
                    en: string;
                  };
                  /** unit that sent it */
                  unit: string;
                  receivedAt: string;
                  /** holds since, as the source states it */
                  from?: string;
                  batch?: string;
                  row?: number;
                  badge?: string;
                };
              }[];
              /** 争议中: a dispute about it is open */
              disputed?: boolean;
            })[];
            conditions: ({
              /** 类别 — Kind */
              kind: string;
              /** 状况 — Value */
              value: string | null;
            })[];
            /** homes as the sources state them, the latest first */
            residences: ({
              from: string | null;
              to: string | null;
              address: string;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            household: ({
              householdNo: string;
              members: ({
                /** 人员标识 — Person id */
                pid: string;
                /** 姓名 — Name */
                name: string | null;
                /** 与户主关系 — Relation to the head */
                relation: string | null;
                /** 出生日期 — Date of birth */
                birthDate: string | null;
              })[];
            }) | null;
            life: {
              /** born, married, moved, moved-out, died */
              kind: string;
              on: string;
              /** reported, confirmed, conflict, refuted */
              state: string;
              sources: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              }[];
            }[];
            kin: ({
              /** mother, father, spouse, child */
              kind: string;
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            changes: {
              at: string;
              attributes: string[];
            }[];
            conflicts: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/self/accesses': {
    get: { /** 谁看过我的数据 */
      parameters: {
        query?: {
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            accesses: ({
              id: string;
              at: string;
              /** who looked */
              name: string;
              post: string | null;
              unit: string | null;
              purpose: string | null;
              purposeTitle: {
                zh: string;
                en: string;
              } | null;
              /** legal basis of the purpose */
              purposeBasis: {
                zh: string;
                en: string;
              } | null;
              module: string;
              outcome: string;
              level: string;
              resources: string[];
              fields: string[];
              /** masked fields that were opened in clear */
              opened: string[];
              /** the reader was the subject */
              self: boolean;
              /** somebody acted for the subject, by a delegation */
              acting: boolean;
              /** opened by break-glass */
              emergency: boolean;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/counts': {
    get: { /** 按区划统计人口与户数 */
      parameters: {
        query: {
          level: 'street' | 'committee';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            areas: ({
              code: string;
              /** null = withheld */
              residents: number | null;
              /** null = withheld */
              households: number | null;
              /** null = withheld */
              over60: number | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/links': {
    get: { /** 待比对的记录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            pairs: {
              a: string;
              b: string;
              probability: number;
              asked: {
                zh: string;
                en: string;
              };
              foundAt: string;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 提请比对两个人 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          one: string;
          other: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            a: string;
            b: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/links/{a}/{b}': {
    get: { /** 并排比对两条记录 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          a: string;
          b: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            a: {
              claim: string;
              unit: string;
              dataset: string;
              receivedAt: string;
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 公民身份号码 — Identity number */
              idNumber: string | null;
            };
            b: {
              claim: string;
              unit: string;
              dataset: string;
              receivedAt: string;
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 公民身份号码 — Identity number */
              idNumber: string | null;
            };
            probability: number;
            asked: {
              zh: string;
              en: string;
            };
            version: string;
            fields: ({
              attribute: string;
              level: string | null;
              weight: number;
              counted: boolean;
              text: {
                zh: string;
                en: string;
              };
            })[];
            reviewers: number;
            answers: ({
              reviewer: string;
              answer: 'same' | 'different' | 'unsure';
              note: string | null;
              at: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/links/{a}/{b}/answer': {
    get?: never;
    put?: never;
    post: { /** 判定是否同一人 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          a: string;
          b: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          answer: 'same' | 'different' | 'unsure';
          note?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: 'waiting' | 'decided';
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/merges': {
    get: { /** 归并日志 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            merges: ({
              id: string;
              kind: 'merge' | 'unmerge';
              /** 人员标识 — Person id */
              from: string;
              /** 人员标识 — Person id */
              to: string;
              records: number;
              by: string;
              at: string;
              undone: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/merges/{id}/uses': {
    get: { /** 归并期间的使用清单 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            since: string;
            until: string;
            uses: ({
              id: string;
              kind: 'access' | 'dispute' | 'death' | 'answer';
              at: string;
              /** null = the person, or who acts for them */
              name: string | null;
              unit: string | null;
              post: string | null;
              purpose: string | null;
              what: {
                zh: string;
                en: string;
              } | null;
              outcome: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/merges/{id}/undo': {
    get?: never;
    put?: never;
    post: { /** 撤销归并 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            records: number;
            since: string;
            uses: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/deaths': {
    get: { /** 待核实的死亡信息 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            deaths: ({
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 居住地址 — Address */
              address: string | null;
              on: string;
              state: 'reported' | 'conflict';
              units: string[];
              knownAt: string;
            })[];
            numbers: ({
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              masked: string | null;
              unit: string;
              dataset: string;
              row: number;
              foundAt: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/persons/{pid}/residence': {
    get: { /** 实际居住与人户分离 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          pid: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            /** 居住地址 — Address */
            address: string | null;
            /** 户籍地址 — Registered address */
            hukouAddress: string | null;
            /** 0–1; 1 = found at the door */
            confidence: number;
            /** 人户分离 */
            separated: boolean | null;
            halfLifeDays: number;
            confirmed: ({
              on: string;
              by: string;
              unit: string | null;
              note: string;
            }) | null;
            evidence: ({
              /** 居住地址 — Address */
              address: string | null;
              on: string;
              /** worth on this day, 0–1 */
              weight: number;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            against: ({
              /** 居住地址 — Address */
              address: string | null;
              on: string;
              /** worth on this day, 0–1 */
              weight: number;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 确认实际居住地 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
          'X-Purpose': string;
        };
        path: {
          pid: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          address: string;
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 人员标识 — Person id */
            pid: string;
            /** 居住地址 — Address */
            address: string | null;
            /** 户籍地址 — Registered address */
            hukouAddress: string | null;
            /** 0–1; 1 = found at the door */
            confidence: number;
            /** 人户分离 */
            separated: boolean | null;
            halfLifeDays: number;
            confirmed: ({
              on: string;
              by: string;
              unit: string | null;
              note: string;
            }) | null;
            evidence: ({
              /** 居住地址 — Address */
              address: string | null;
              on: string;
              /** worth on this day, 0–1 */
              weight: number;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
            against: ({
              /** 居住地址 — Address */
              address: string | null;
              on: string;
              /** worth on this day, 0–1 */
              weight: number;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              };
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/export': {
    get: { /** 按日导出人口数据 */
      parameters: {
        query: {
          asOf: string;
          after?: string;
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            rows: ({
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 居住起始日期 — Lives there since */
              residenceFrom: string | null;
              /** 户籍地址 — Registered address */
              hukouAddress: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 死亡日期 — Date of death */
              deathDate: string | null;
              /** 居住地址 — Address */
              address: string | null;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/statistics': {
    get: { /** 人口统计 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            minimum: number;
            table: ({
              /** * = all */
              area: string;
              /** GB/T 2261.1, * = both */
              sex: string;
              /** * = all ages */
              age: string;
              /** null = withheld */
              count: number | null;
            })[];
            pyramid: ({
              /** * = all */
              area: string;
              /** GB/T 2261.1, * = both */
              sex: string;
              /** * = all ages */
              age: string;
              /** null = withheld */
              count: number | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/state': {
    get: { /** 人口库概况 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            persons: number;
            residents: number;
            /** with an address that no building has */
            unplaced: number;
            census: {
              residents: number;
              source: string;
              share: number;
              verified: boolean;
            } | null;
            queues: {
              pairs: number;
              oldestPair: string | null;
              deaths: number;
              oldestDeath: string | null;
              numbers: number;
              disputes: number;
            };
            sources: {
              dataset: string;
              title: {
                zh: string;
                en: string;
              };
              unit: string;
              loadedAt: string;
              records: number;
              /** made of corrections after disputes */
              corrected: boolean;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/projection': {
    get: { /** 人口预测 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            from: number;
            minimum: number;
            areas: ({
              /** * = the district */
              area: string;
              now: number | null;
              years: ({
                year: number;
                middle: number | null;
                low: number | null;
                high: number | null;
              })[];
              over60: ({
                year: number;
                middle: number | null;
                low: number | null;
                high: number | null;
              })[];
            })[];
            schoolEntry: ({
              year: number;
              born: number | null;
              middle: number | null;
              low: number | null;
              high: number | null;
            })[];
            assumptions: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              note: {
                zh: string;
                en: string;
              } | null;
              source: string;
              verified: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/population/persons/{pid}/death': {
    get?: never;
    put?: never;
    post: { /** 核实死亡信息 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          pid: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          verdict: 'died' | 'alive';
          note: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: 'confirmed' | 'refuted';
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/entities': {
    get: { /** 查找企业 */
      parameters: {
        query?: {
          q?: string;
          building?: string;
          life?: string;
          after?: string;
          page?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            entities: ({
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 名称 — Name */
              name: string | null;
              /** 主体类型 — Kind */
              kind: string | null;
              /** 登记状态 — Status */
              status: string | null;
              /** 登记住所 — Registered address */
              registeredAddress: string | null;
              /** 所在房屋 — Building */
              buildingCode: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 生命周期 — Stage of life */
              lifeState: string | null;
            })[];
            next: string | null;
            total: number | null;
            instead: {
              typed: string;
              used: string;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/entities/{uscc}': {
    get: { /** 一企一档 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path: {
          uscc: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            asOf: string | null;
            since: string;
            record: {
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 名称 — Name */
              name: string | null;
              /** 法定代表人 — Legal representative */
              legalRepresentative: string | null;
              /** 经营地址 — Place of business */
              businessAddress: string | null;
              /** 纳税信用等级 — Tax credit rating */
              taxRating: string | null;
              /** 从业人数 — Staff */
              staff: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
            };
            /** degrees, EPSG:4490 */
            location: {
              lon: number;
              lat: number;
            } | null;
            attributes: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              group: string;
              level: string;
              /** true = the value shown is masked */
              masked: boolean;
              value: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              } | null;
              /** values of other sources that did not become golden */
              others: {
                value: string;
                source: {
                  /** claim id, for the lineage */
                  claim: number;
                  dataset: string;
                  datasetTitle: {
                    zh: string;
                    en: string;
                  };
                  /** unit that sent it */
                  unit: string;
                  receivedAt: string;
                  /** holds since, as the source states it */
                  from?: string;
                  batch?: string;
                  row?: number;
                  badge?: string;
                };
              }[];
              /** 争议中: a dispute about it is open */
              disputed?: boolean;
            })[];
            names: {
              name: string;
              units: string[];
              from: string;
              current: boolean;
            }[];
            registers: {
              dataset: string;
              unit: string;
              since: string;
            }[];
            changes: {
              at: string;
              attributes: string[];
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/self': {
    get: { /** 查看本企业档案 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            asOf: string | null;
            since: string;
            record: {
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 名称 — Name */
              name: string | null;
              /** 法定代表人 — Legal representative */
              legalRepresentative: string | null;
              /** 经营地址 — Place of business */
              businessAddress: string | null;
              /** 纳税信用等级 — Tax credit rating */
              taxRating: string | null;
              /** 从业人数 — Staff */
              staff: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
            };
            /** degrees, EPSG:4490 */
            location: {
              lon: number;
              lat: number;
            } | null;
            attributes: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              group: string;
              level: string;
              /** true = the value shown is masked */
              masked: boolean;
              value: string | null;
              source: {
                /** claim id, for the lineage */
                claim: number;
                dataset: string;
                datasetTitle: {
                  zh: string;
                  en: string;
                };
                /** unit that sent it */
                unit: string;
                receivedAt: string;
                /** holds since, as the source states it */
                from?: string;
                batch?: string;
                row?: number;
                badge?: string;
              } | null;
              /** values of other sources that did not become golden */
              others: {
                value: string;
                source: {
                  /** claim id, for the lineage */
                  claim: number;
                  dataset: string;
                  datasetTitle: {
                    zh: string;
                    en: string;
                  };
                  /** unit that sent it */
                  unit: string;
                  receivedAt: string;
                  /** holds since, as the source states it */
                  from?: string;
                  batch?: string;
                  row?: number;
                  badge?: string;
                };
              }[];
              /** 争议中: a dispute about it is open */
              disputed?: boolean;
            })[];
            names: {
              name: string;
              units: string[];
              from: string;
              current: boolean;
            }[];
            registers: {
              dataset: string;
              unit: string;
              since: string;
            }[];
            changes: {
              at: string;
              attributes: string[];
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/self/accesses': {
    get: { /** 谁看过我的企业数据 */
      parameters: {
        query?: {
          before?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            accesses: ({
              id: string;
              at: string;
              /** who looked */
              name: string;
              post: string | null;
              unit: string | null;
              purpose: string | null;
              purposeTitle: {
                zh: string;
                en: string;
              } | null;
              /** legal basis of the purpose */
              purposeBasis: {
                zh: string;
                en: string;
              } | null;
              module: string;
              outcome: string;
              level: string;
              resources: string[];
              fields: string[];
              /** masked fields that were opened in clear */
              opened: string[];
              /** the reader was the subject */
              self: boolean;
              /** somebody acted for the subject, by a delegation */
              acting: boolean;
              /** opened by break-glass */
              emergency: boolean;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/lineage': {
    get: { /** 企业数据血缘 */
      parameters: {
        query: {
          uscc: string;
          attr: 'name' | 'kind' | 'status' | 'legalRepresentative' | 'foundedOn' | 'registeredCapital' | 'industryCode' | 'industryName' | 'registeredAddress' | 'businessAddress' | 'taxAddress' | 'buildingCode' | 'staff' | 'foreignInvested' | 'taxRating' | 'registrationNo' | 'statusOn' | 'registrarArea' | 'phone' | 'premisesAddress' | 'tradingAddress' | 'taxOffice' | 'taxState' | 'foreignFiling' | 'tradeRight';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            attribute: string;
            chain: ({
              /** this claim gave the golden value */
              golden: boolean;
              /** golden, other, refuted, superseded or frozen */
              state: string;
              claim: number;
              dataset: string;
              datasetTitle: {
                zh: string;
                en: string;
              };
              unit: string;
              batch: string;
              file: string;
              /** SM3 of the file */
              fileDigest: string;
              row: number;
              column: string | null;
              mappingVersion: number;
              receivedAt: string;
              value: string | null;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/entities/{uscc}/facts': {
    get: { /** 一企一档：生命周期、驻地、人员、许可 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header: {
          'X-Purpose': string;
        };
        path: {
          uscc: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            life: ({
              state: 'pre-registered' | 'live' | 'abnormal' | 'revoked' | 'cancelled';
              on: string | null;
              unit: string;
              doubtful: boolean;
            })[];
            size: {
              class: string | null;
              rule: string;
              /** false = the measure behind it is 待核 */
              verified: boolean;
            };
            places: ({
              /** 类别 — Kind */
              kind: string;
              /** 地址 — Address */
              address: string;
              /** 房屋编码 — Building */
              buildingCode: string | null;
              /** 室 — Room */
              room: string | null;
              since: string;
              /** degrees, EPSG:4490 */
              location: {
                lon: number;
                lat: number;
              } | null;
              sharing: number;
              crowded: boolean;
            })[];
            roles: ({
              /** 角色 — Role */
              kind: string;
              /** 持有人标识 — Holder */
              holder: string;
              /** 持有人类型 — Kind of holder */
              holderKind: string;
              /** 持有人名称 — Name of the holder */
              holderName: string | null;
              percent: number | null;
              since: string | null;
              nominee: boolean;
            })[];
            licences: ({
              /** 许可证编号 — Number */
              number: string;
              /** 许可类型 — Kind */
              kind: string;
              /** 许可范围 — Scope */
              scope: string | null;
              /** 发证机关 — Issued by */
              issuer: string;
              /** 有效期至 — Valid to */
              validTo: string | null;
              expired: boolean;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/self/facts': {
    get: { /** 本企业的生命周期、驻地、人员、许可 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            life: ({
              state: 'pre-registered' | 'live' | 'abnormal' | 'revoked' | 'cancelled';
              on: string | null;
              unit: string;
              doubtful: boolean;
            })[];
            size: {
              class: string | null;
              rule: string;
              /** false = the measure behind it is 待核 */
              verified: boolean;
            };
            places: ({
              /** 类别 — Kind */
              kind: string;
              /** 地址 — Address */
              address: string;
              /** 房屋编码 — Building */
              buildingCode: string | null;
              /** 室 — Room */
              room: string | null;
              since: string;
              /** degrees, EPSG:4490 */
              location: {
                lon: number;
                lat: number;
              } | null;
              sharing: number;
              crowded: boolean;
            })[];
            roles: ({
              /** 角色 — Role */
              kind: string;
              /** 持有人标识 — Holder */
              holder: string;
              /** 持有人类型 — Kind of holder */
              holderKind: string;
              /** 持有人名称 — Name of the holder */
              holderName: string | null;
              percent: number | null;
              since: string | null;
              nominee: boolean;
            })[];
            licences: ({
              /** 许可证编号 — Number */
              number: string;
              /** 许可类型 — Kind */
              kind: string;
              /** 许可范围 — Scope */
              scope: string | null;
              /** 发证机关 — Issued by */
              issuer: string;
              /** 有效期至 — Valid to */
              validTo: string | null;
              expired: boolean;
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/entities/{uscc}/tax': {
    get: { /** 纳税档次（只有区间） */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          uscc: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            standing: ({
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 所属期 — Period */
              period: string;
              /** 营业收入档 — Band of revenue */
              revenueBand: string | null;
              /** 资产总额档 — Band of assets */
              assetsBand: string | null;
              /** 税收贡献档 — Band of tax */
              taxBand: string | null;
              /** 是否欠税 — In arrears */
              arrears: boolean | null;
            }) | null;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/self/tax': {
    get: { /** 本企业的纳税档次 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            standing: ({
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 所属期 — Period */
              period: string;
              /** 营业收入档 — Band of revenue */
              revenueBand: string | null;
              /** 资产总额档 — Band of assets */
              assetsBand: string | null;
              /** 税收贡献档 — Band of tax */
              taxBand: string | null;
              /** 是否欠税 — In arrears */
              arrears: boolean | null;
            }) | null;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/entities/{uscc}/graph': {
    get: { /** 股权穿透图 */
      parameters: {
        query?: {
          depth?: number;
        };
        header: {
          'X-Purpose': string;
        };
        path: {
          uscc: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            nodes: ({
              /** 持有人标识 — Holder */
              id: string;
              kind: 'entity' | 'person';
              /** 持有人名称 — Name of the holder */
              name: string | null;
              level: number;
              effective: number | null;
              nominee: boolean;
              /** has holders of its own that lie beyond the depth */
              more: boolean;
            })[];
            edges: ({
              from: string;
              to: string;
              percent: number | null;
            })[];
            controllers: ({
              /** 持有人标识 — Holder */
              holder: string;
              /** 持有人名称 — Name of the holder */
              name: string | null;
              percent: number | null;
              by: 'share' | 'board';
            })[];
            owners: ({
              /** 持有人标识 — Holder */
              holder: string;
              /** 持有人名称 — Name of the holder */
              name: string | null;
              percent: number;
            })[];
            incomplete: {
              firm: string;
              sum: number;
            }[];
            closed: string[][];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/stock': {
    get: { /** 法人库概况与每月新设、注销 */
      parameters: {
        query?: {
          months?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            states: {
              state: string;
              enterprises: number;
            }[];
            sizes: {
              size: string;
              enterprises: number;
            }[];
            industries: {
              section: string;
              enterprises: number;
            }[];
            months: {
              month: string;
              section: string;
              births: number;
              deaths: number;
            }[];
            live: number;
            taxed: number;
            placed: number;
            provisional: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/findings': {
    get: { /** 户管比对差异 */
      parameters: {
        query?: {
          kind?: 'not-taxed' | 'not-registered' | 'cancelled-invoicing' | 'foreign-filing-missing' | 'not-registered-here' | 'taxed-elsewhere';
          owner?: string;
          uscc?: string;
          state?: 'open' | 'answered' | 'closed';
          mine?: boolean;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            findings: ({
              id: string;
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 名称 — Name */
              name: string | null;
              kind: 'not-taxed' | 'not-registered' | 'cancelled-invoicing' | 'foreign-filing-missing' | 'not-registered-here' | 'taxed-elsewhere';
              /** 责任单位 — Owner */
              ownerUnit: string;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 房屋编码 — Building */
              buildingCode: string | null;
              /** 状态 — State */
              state: string;
              title: {
                zh: string;
                en: string;
              };
              openedAt: string;
              recurs: number;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              evidence: ({
                attribute: string;
                unit: string;
                value: string | null;
              })[];
              lateAt: string | null;
              answer: ({
                result: 'source-wrong' | 'firm-notified' | 'legitimate' | 'not-found';
                text: string;
                name: string | null;
                unit: string | null;
                at: string;
              }) | null;
              closedAt: string | null;
              visit: ({
                id: string;
                unit: string;
                state: string;
                orderedName: string;
                orderedAt: string;
                clock: {
                  id: string;
                  /** 规则条目 / rulebook entry */
                  basis: string;
                  amount: number;
                  unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                  startedAt: string;
                  dueAt: string;
                  state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                  /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                  workingDaysLeft: number;
                  /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                  provisional: boolean;
                  stops: ({
                    reason: {
                      zh: string;
                      en: string;
                    };
                    document: string;
                    begunAt: string;
                    expectedEnd: string;
                    endedAt: string | null;
                  })[];
                };
                report: string | null;
              }) | null;
              steps: ({
                at: string;
                step: string;
                name: string | null;
                unit: string | null;
                note: string | null;
              })[];
              mayAnswer: boolean;
              mayVisit: boolean;
            })[];
            counts: {
              kind: string;
              state: string;
              findings: number;
              amber: number;
              overdue: number;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/findings/{id}': {
    get: { /** 一条比对差异 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            /** 名称 — Name */
            name: string | null;
            kind: 'not-taxed' | 'not-registered' | 'cancelled-invoicing' | 'foreign-filing-missing' | 'not-registered-here' | 'taxed-elsewhere';
            /** 责任单位 — Owner */
            ownerUnit: string;
            /** 居委代码 — Committee */
            committeeCode: string | null;
            /** 房屋编码 — Building */
            buildingCode: string | null;
            /** 状态 — State */
            state: string;
            title: {
              zh: string;
              en: string;
            };
            openedAt: string;
            recurs: number;
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            evidence: ({
              attribute: string;
              unit: string;
              value: string | null;
            })[];
            lateAt: string | null;
            answer: ({
              result: 'source-wrong' | 'firm-notified' | 'legitimate' | 'not-found';
              text: string;
              name: string | null;
              unit: string | null;
              at: string;
            }) | null;
            closedAt: string | null;
            visit: ({
              id: string;
              unit: string;
              state: string;
              orderedName: string;
              orderedAt: string;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              report: string | null;
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              note: string | null;
            })[];
            mayAnswer: boolean;
            mayVisit: boolean;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/findings/{id}/answer': {
    get?: never;
    put?: never;
    post: { /** 答复比对差异 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          result: 'source-wrong' | 'firm-notified' | 'legitimate' | 'not-found';
          answer: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            /** 名称 — Name */
            name: string | null;
            kind: 'not-taxed' | 'not-registered' | 'cancelled-invoicing' | 'foreign-filing-missing' | 'not-registered-here' | 'taxed-elsewhere';
            /** 责任单位 — Owner */
            ownerUnit: string;
            /** 居委代码 — Committee */
            committeeCode: string | null;
            /** 房屋编码 — Building */
            buildingCode: string | null;
            /** 状态 — State */
            state: string;
            title: {
              zh: string;
              en: string;
            };
            openedAt: string;
            recurs: number;
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            evidence: ({
              attribute: string;
              unit: string;
              value: string | null;
            })[];
            lateAt: string | null;
            answer: ({
              result: 'source-wrong' | 'firm-notified' | 'legitimate' | 'not-found';
              text: string;
              name: string | null;
              unit: string | null;
              at: string;
            }) | null;
            closedAt: string | null;
            visit: ({
              id: string;
              unit: string;
              state: string;
              orderedName: string;
              orderedAt: string;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              report: string | null;
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              note: string | null;
            })[];
            mayAnswer: boolean;
            mayVisit: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/findings/{id}/visit': {
    get?: never;
    put?: never;
    post: { /** 发起服务走访 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            /** 名称 — Name */
            name: string | null;
            kind: 'not-taxed' | 'not-registered' | 'cancelled-invoicing' | 'foreign-filing-missing' | 'not-registered-here' | 'taxed-elsewhere';
            /** 责任单位 — Owner */
            ownerUnit: string;
            /** 居委代码 — Committee */
            committeeCode: string | null;
            /** 房屋编码 — Building */
            buildingCode: string | null;
            /** 状态 — State */
            state: string;
            title: {
              zh: string;
              en: string;
            };
            openedAt: string;
            recurs: number;
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            evidence: ({
              attribute: string;
              unit: string;
              value: string | null;
            })[];
            lateAt: string | null;
            answer: ({
              result: 'source-wrong' | 'firm-notified' | 'legitimate' | 'not-found';
              text: string;
              name: string | null;
              unit: string | null;
              at: string;
            }) | null;
            closedAt: string | null;
            visit: ({
              id: string;
              unit: string;
              state: string;
              orderedName: string;
              orderedAt: string;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              report: string | null;
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              note: string | null;
            })[];
            mayAnswer: boolean;
            mayVisit: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/findings/{id}/visit/report': {
    get?: never;
    put?: never;
    post: { /** 填写走访结果 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          report: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            /** 统一社会信用代码 — Unified social credit code */
            uscc: string;
            /** 名称 — Name */
            name: string | null;
            kind: 'not-taxed' | 'not-registered' | 'cancelled-invoicing' | 'foreign-filing-missing' | 'not-registered-here' | 'taxed-elsewhere';
            /** 责任单位 — Owner */
            ownerUnit: string;
            /** 居委代码 — Committee */
            committeeCode: string | null;
            /** 房屋编码 — Building */
            buildingCode: string | null;
            /** 状态 — State */
            state: string;
            title: {
              zh: string;
              en: string;
            };
            openedAt: string;
            recurs: number;
            clock: {
              id: string;
              /** 规则条目 / rulebook entry */
              basis: string;
              amount: number;
              unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
              startedAt: string;
              dueAt: string;
              state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
              /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
              workingDaysLeft: number;
              /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
              provisional: boolean;
              stops: ({
                reason: {
                  zh: string;
                  en: string;
                };
                document: string;
                begunAt: string;
                expectedEnd: string;
                endedAt: string | null;
              })[];
            };
            evidence: ({
              attribute: string;
              unit: string;
              value: string | null;
            })[];
            lateAt: string | null;
            answer: ({
              result: 'source-wrong' | 'firm-notified' | 'legitimate' | 'not-found';
              text: string;
              name: string | null;
              unit: string | null;
              at: string;
            }) | null;
            closedAt: string | null;
            visit: ({
              id: string;
              unit: string;
              state: string;
              orderedName: string;
              orderedAt: string;
              clock: {
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              };
              report: string | null;
            }) | null;
            steps: ({
              at: string;
              step: string;
              name: string | null;
              unit: string | null;
              note: string | null;
            })[];
            mayAnswer: boolean;
            mayVisit: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/reconcile': {
    get?: never;
    put?: never;
    post: { /** 重新比对三方户管 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        202: { headers: Record<string, unknown>; content: {
          'application/json': {
            queued: boolean;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/links': {
    get: { /** 待比对的法人记录 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            pairs: {
              a: string;
              b: string;
              probability: number;
              asked: {
                zh: string;
                en: string;
              };
              foundAt: string;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/links/{a}/{b}': {
    get: { /** 并排比对两条法人记录 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          a: string;
          b: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            a: {
              claim: string;
              unit: string;
              dataset: string;
              receivedAt: string;
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 名称 — Name */
              name: string | null;
              /** 工商注册号 — Registration number of before 2015 */
              registrationNo: string | null;
              /** 法定代表人 — Legal representative */
              legalRepresentative: string | null;
              /** 联系电话 — Telephone */
              phone: string | null;
              address: string | null;
              code: string | null;
            };
            b: {
              claim: string;
              unit: string;
              dataset: string;
              receivedAt: string;
              /** 统一社会信用代码 — Unified social credit code */
              uscc: string;
              /** 名称 — Name */
              name: string | null;
              /** 工商注册号 — Registration number of before 2015 */
              registrationNo: string | null;
              /** 法定代表人 — Legal representative */
              legalRepresentative: string | null;
              /** 联系电话 — Telephone */
              phone: string | null;
              address: string | null;
              code: string | null;
            };
            probability: number;
            asked: {
              zh: string;
              en: string;
            };
            version: string;
            fields: ({
              attribute: string;
              level: string | null;
              weight: number;
              counted: boolean;
              text: {
                zh: string;
                en: string;
              };
            })[];
            reviewers: number;
            answers: ({
              reviewer: string;
              answer: 'same' | 'different' | 'unsure';
              note: string | null;
              at: string;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/links/{a}/{b}/answer': {
    get?: never;
    put?: never;
    post: { /** 判定是否同一法人 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          a: string;
          b: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          answer: 'same' | 'different' | 'unsure';
          note?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            state: 'waiting' | 'decided';
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/merges': {
    get: { /** 法人归并日志 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            merges: ({
              id: string;
              kind: 'merge' | 'unmerge';
              /** 统一社会信用代码 — Unified social credit code */
              from: string;
              /** 统一社会信用代码 — Unified social credit code */
              to: string;
              records: number;
              by: string;
              at: string;
              undone: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/legal-entity/merges/{id}/undo': {
    get?: never;
    put?: never;
    post: { /** 撤销法人归并 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            records: number;
            since: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/indicators': {
    get: { /** 指标树 */
      parameters: {
        query?: {
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            indicators: ({
              code: string;
              parent: string | null;
              title: {
                zh: string;
                en: string;
              };
              definition: {
                zh: string;
                en: string;
              };
              unit: string;
              unitTitle: {
                zh: string;
                en: string;
              };
              owner: string;
              level: string;
              series: number;
              headline: string | null;
            })[];
            series: number;
            badge: string | null;
            publishedAt: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/series': {
    get: { /** 指标的序列 */
      parameters: {
        query: {
          indicator: string;
          freq?: 'A' | 'Q' | 'M';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            series: ({
              id: string;
              freq: string;
              title: {
                zh: string;
                en: string;
              };
              ended: string | null;
              period: string | null;
              value: number | null;
              status: string | null;
              growth: number | null;
              spark: number[];
            })[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/series/{id}': {
    get: { /** 一个序列 */
      parameters: {
        query?: {
          asOf?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            freq: string;
            indicator: string;
            accumulation: string;
            title: {
              zh: string;
              en: string;
            };
            definition: {
              zh: string;
              en: string;
            };
            method: {
              zh: string;
              en: string;
            };
            unit: string;
            unitTitle: {
              zh: string;
              en: string;
            };
            decimals: number;
            owner: string;
            badge: string;
            ended: string | null;
            followedBy: string | null;
            dimensions: {
              id: string;
              code: string;
              title: {
                zh: string;
                en: string;
              };
            }[];
            market: {
              provider: string;
              licence: string;
              method: {
                zh: string;
                en: string;
              };
            } | null;
            points: ({
              period: string;
              value: number | null;
              status: string;
              note: string | null;
              confidential: boolean;
              growth: number | null;
              single: number | null;
              combined: number | null;
              adjusted: number | null;
              vintages: number;
              publishedAt: string;
              release: string;
              form: string | null;
              cell: string | null;
            })[];
            adjustedBy: string | null;
            meanRevision: number | null;
            triangle: {
              vintages: string[];
              rows: ({
                period: string;
                values: (number | null)[];
              })[];
            };
            asOf: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/releases': {
    get: { /** 发布日历 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            releases: ({
              /** 编号 — Id */
              id: string;
              /** 名称 — Title */
              title: {
                zh: string;
                en: string;
              };
              /** 时期 — Period */
              period: string;
              /** 发布单位 — Unit */
              owner: string;
              /** 发布时间 — Embargo until */
              embargoUntil: string;
              /** 状态 — State */
              state: string;
              preparedName: string | null;
              approvedName: string | null;
              publishedAt: string | null;
              badge: string;
              values: number;
              mine: boolean;
              sends: boolean;
              approves: boolean;
            })[];
            now: string;
            plans: boolean;
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 排定一期发布 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: {
            zh: string;
            en: string;
          };
          period: string;
          embargoUntil: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/releases/{id}': {
    get: { /** 一期发布与简报 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 名称 — Title */
            title: {
              zh: string;
              en: string;
            };
            /** 时期 — Period */
            period: string;
            /** 发布单位 — Unit */
            owner: string;
            /** 发布时间 — Embargo until */
            embargoUntil: string;
            /** 状态 — State */
            state: string;
            preparedName: string | null;
            approvedName: string | null;
            publishedAt: string | null;
            badge: string;
            values: number;
            mine: boolean;
            sends: boolean;
            approves: boolean;
            headlines: ({
              series: string;
              indicator: string;
              title: {
                zh: string;
                en: string;
              };
              unit: {
                zh: string;
                en: string;
              };
              decimals: number;
              period: string;
              accumulation: string;
              value: number | null;
              status: string;
              yearBefore: number | null;
              growth: number | null;
              published: boolean;
              revision: {
                period: string;
                from: number;
                to: number;
              } | null;
            })[];
            others: ({
              series: string;
              indicator: string;
              title: {
                zh: string;
                en: string;
              };
              unit: {
                zh: string;
                en: string;
              };
              decimals: number;
              period: string;
              accumulation: string;
              value: number | null;
              status: string;
              yearBefore: number | null;
              growth: number | null;
              published: boolean;
              revision: {
                period: string;
                from: number;
                to: number;
              } | null;
            })[];
            revised: number;
            analysis: {
              activity: ({
                period: string;
                value: number;
                before: number | null;
                explained: number;
              }) | null;
              nowcast: {
                period: string;
                growth: number;
                mape: number;
                naive: number;
                origins: number;
              } | null;
              hidden: {
                mape: number;
                naive: number;
              } | null;
            };
          };
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/activity': {
    get: { /** 活跃指数与载荷 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            release: string | null;
            periods: string[];
            values: number[];
            explained: number;
            method: string;
            inputs: {
              series: string;
              title: {
                zh: string;
                en: string;
              };
              loading: number;
              mean: number;
              deviation: number;
            }[];
            adjusted: Record<string, Record<string, number>>;
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/loads': {
    get: { /** 报送看板 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            loads: ({
              id: string;
              release: string;
              title: {
                zh: string;
                en: string;
              };
              fileName: string;
              format: string;
              state: string;
              rows: number;
              values: number;
              sentName: string;
              sentAt: string;
              decidedName: string | null;
              note: string | null;
              stops: number;
              questions: number;
              cells: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 报送统计工作簿 */
      parameters: {
        query: {
          release: string;
          fileName: string;
          form?: string;
        };
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/octet-stream': string;
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
            values: number;
            findings: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        413: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/loads/{id}': {
    get: { /** 一次报送的核查结果 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            release: string;
            title: {
              zh: string;
              en: string;
            };
            fileName: string;
            format: string;
            state: string;
            rows: number;
            values: number;
            sentName: string;
            sentAt: string;
            decidedName: string | null;
            note: string | null;
            stops: number;
            questions: number;
            cells: number;
            findings: ({
              no: number;
              kind: string;
              weight: string;
              series: string | null;
              period: string | null;
              cell: string | null;
              text: {
                zh: string;
                en: string;
              };
              difference: number | null;
              reason: string | null;
              reasonName: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/loads/{id}/decide': {
    get?: never;
    put?: never;
    post: { /** 说明原因或退回报送 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          accept: boolean;
          reasons?: {
            no: number;
            reason: string;
          }[];
          note?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/economy/releases/{id}/approve': {
    get?: never;
    put?: never;
    post: { /** 审批发布 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets': {
    get: { /** 查找开放数据 */
      parameters: {
        query?: {
          q?: string;
          theme?: string;
          owner?: string;
          licence?: string;
          opening?: string;
          page?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            datasets: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              theme: string;
              owner: string;
              licence: string;
              opening: string;
              cycle: string;
              rows: number;
              publishedAt: string;
              geometry: string | null;
              badge: string;
              stale: boolean;
              downloads: number;
            })[];
            total: number;
            page: number;
            pageSize: number;
            facets: {
              theme: {
                value: string;
                count: number;
              }[];
              owner: {
                value: string;
                count: number;
              }[];
              licence: {
                value: string;
                count: number;
              }[];
              opening: {
                value: string;
                count: number;
              }[];
            };
            words: string[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 提出开放数据集 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          id: string;
          item: string;
          title: {
            zh: string;
            en: string;
          };
          summary: {
            zh: string;
            en: string;
          };
          theme: 'places' | 'buildings' | 'population' | 'economy' | 'environment' | 'transport' | 'culture' | 'services';
          licence: 'open-government-1.0' | 'CC-BY-4.0' | 'CC0-1.0' | 'ODbL-1.0' | 'MIT' | 'Apache-2.0' | 'agreement';
          attribution?: string;
          cycle: 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
          about: 'person' | 'firm' | 'thing';
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}': {
    get: { /** 查看开放数据集 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            dataset: {
              id: string;
              item: string;
              title: {
                zh: string;
                en: string;
              };
              summary: {
                zh: string;
                en: string;
              };
              theme: string;
              owner: string;
              licence: string;
              attribution: string | null;
              cycle: string;
              about: string;
              badge: string;
              opening: string;
              decision: {
                opening: string;
                reason: {
                  zh: string;
                  en: string;
                };
                article: string;
                rule: string;
                version: number;
                unverified: boolean;
                facts: Record<string, boolean>;
              };
              no: number;
              cite: string;
              fields: {
                name: string;
                title: {
                  zh: string;
                  en: string;
                };
                type: string;
                role?: string;
              }[];
              geometry: string | null;
              rows: number;
              digest: string;
              dataOn: string;
              createdAt: string;
              publishedAt: string;
              downloads: number;
              stale: boolean;
            };
            resource: string;
            versions: ({
              no: number;
              cite: string;
              rows: number;
              dataOn: string;
              publishedAt: string;
              note: string | null;
              state: string;
            })[];
            feedback: ({
              id: string;
              text: string;
              rowNo: number | null;
              field: string | null;
              state: string;
              answer: string | null;
              madeAt: string;
              fixedIn: number | null;
            })[];
            reuses: ({
              id: string;
              title: string;
              url: string | null;
              kind: string;
            })[];
            gate: ({
              withheld: number;
              k: number | null;
              l: number | null;
            }) | null;
          };
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/wishes': {
    get: { /** 开放需求 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            wishes: ({
              id: string;
              title: string;
              text: string;
              owner: string;
              state: string;
              votes: number;
              voted: boolean;
              askedAt: string;
              clock: ({
                id: string;
                /** 规则条目 / rulebook entry */
                basis: string;
                amount: number;
                unit: 'working-day' | 'day' | 'month' | 'year' | 'hour';
                startedAt: string;
                dueAt: string;
                state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
                /** 今天以后还剩的工作日，负数为已逾期 / working days after today */
                workingDaysLeft: number;
                /** 跨入假期安排尚未公布的年份 / reaches into a year that is not announced */
                provisional: boolean;
                stops: ({
                  reason: {
                    zh: string;
                    en: string;
                  };
                  document: string;
                  begunAt: string;
                  expectedEnd: string;
                  endedAt: string | null;
                })[];
              }) | null;
              escalated: boolean;
              reply: string | null;
              basis: string | null;
              repliedUnit: string | null;
              repliedAt: string | null;
              dataset: string | null;
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 提出开放需求 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: string;
          text: string;
          owner?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/reuses': {
    get: { /** 数据应用展示 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            reuses: ({
              id: string;
              title: string;
              text: string;
              url: string | null;
              kind: string;
              by: string;
              listedAt: string;
              fixes: number;
              datasets: {
                id: string;
                title: {
                  zh: string;
                  en: string;
                };
              }[];
            })[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 登记数据应用 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: string;
          text: string;
          url?: string;
          kind: 'app' | 'research' | 'story' | 'service';
          datasets: string[];
          by: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/scores': {
    get: { /** 单位开放评价 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            weights: Record<string, {
                weight: number;
                full: number;
              }>;
            scores: {
              unit: string;
              total: number;
              parts: {
                reuse: number;
                quality: number;
                response: number;
                breadth: number;
              };
              counts: {
                sets: number;
                fresh: number;
                reuses: number;
                reported: number;
                settled: number;
                asked: number;
                inTime: number;
              };
            }[];
          };
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/keys': {
    get: { /** 我的开发者密钥 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            keys: ({
              id: string;
              prefix: string;
              label: string;
              madeAt: string;
              revokedAt: string | null;
              calls: number;
              rows: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 生成开发者密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          label: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            secret: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/access-requests': {
    get: { /** 有条件开放申请 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            requests: ({
              id: string;
              dataset: string;
              title: {
                zh: string;
                en: string;
              };
              entity: string;
              purpose: string;
              measures: string[];
              state: string;
              askedAt: string;
              validUntil: string | null;
              reason: string | null;
              agreement: string | null;
              agreementDigest: string | null;
              mine: boolean;
              calls: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/products': {
    get: { /** 数据产品 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            products: ({
              id: string;
              title: string;
              text: string;
              seller: string;
              dataset: string;
              rights: string;
              valuation: string | null;
              priceFen: number;
              state: string;
              reason: string | null;
              mine: boolean;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 申请数据产品挂牌 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          title: string;
          text: string;
          dataset: string;
          rights: string;
          valuation?: string;
          priceFen: number;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/desk': {
    get: { /** 开放工作台 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            portal: boolean;
            sets: ({
              id: string;
              title: {
                zh: string;
                en: string;
              };
              owner: string;
              about: string;
              state: string;
              decision: {
                opening: string;
                reason: {
                  zh: string;
                  en: string;
                };
                article: string;
                rule: string;
                version: number;
                unverified: boolean;
                facts: Record<string, boolean>;
              } | null;
              derived: boolean;
              no: number | null;
              updatedAt: string;
            })[];
            versions: {
              id: string;
              dataset: string;
              title: {
                zh: string;
                en: string;
              };
              no: number;
              state: string;
              rows: number;
              preparedName: string;
              preparedAt: string;
              mine: boolean;
            }[];
            wishes: {
              id: string;
              title: string;
              text: string;
              owner: string;
              state: string;
              votes: number;
              escalated: boolean;
            }[];
            feedback: ({
              id: string;
              dataset: string;
              title: {
                zh: string;
                en: string;
              };
              text: string;
              rowNo: number | null;
              field: string | null;
              state: string;
              madeAt: string;
            })[];
            reuses: {
              id: string;
              title: string;
              text: string;
              by: string;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/versions/{id}': {
    get: { /** 查看版本与检查报告 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            dataset: string;
            title: {
              zh: string;
              en: string;
            };
            no: number;
            state: string;
            rows: number;
            fields: {
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: string;
              role?: string;
            }[];
            sample: unknown[][];
            preparedName: string;
            approvedName: string | null;
            mine: boolean;
            report: {
              verdict: string;
              rows: number;
              withheld: number;
              quasi: {
                name: string;
                why: string;
              }[];
              sensitive: string[];
              k: number | null;
              l: number | null;
              t: number | null;
              findings: {
                code: string;
                field?: string;
                text: {
                  zh: string;
                  en: string;
                };
                at?: Record<string, unknown>;
              }[];
            };
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/node': {
    get: { /** 与市级节点的同步 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            role: string;
            sets: number;
            atCity: number;
            failed: number;
            received: number;
            last: string | null;
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/wishes/{id}/vote': {
    get?: never;
    put?: never;
    post: { /** 支持一条需求 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            votes: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/wishes/{id}/answer': {
    get?: never;
    put?: never;
    post: { /** 答复开放需求 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          outcome: 'accepted' | 'opened' | 'refused';
          text: string;
          basis?: string;
          dataset?: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/feedback': {
    get?: never;
    put?: never;
    post: { /** 数据纠错与意见 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          text: string;
          rowNo?: number;
          field?: string;
          reuse?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/feedback/{id}/settle': {
    get?: never;
    put?: never;
    post: { /** 办结纠错任务 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          outcome: 'fixed' | 'declined';
          answer: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/moderation': {
    get?: never;
    put?: never;
    post: { /** 展示或隐藏公众内容 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          kind: 'wish' | 'feedback' | 'reuse';
          id: string;
          step: 'hidden' | 'shown';
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/keys/{id}/revoke': {
    get?: never;
    put?: never;
    post: { /** 停用开发者密钥 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/access-requests': {
    get?: never;
    put?: never;
    post: { /** 申请使用有条件开放数据 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          purpose: string;
          measures: ('access-control' | 'encryption' | 'audit-log' | 'no-transfer' | 'deletion' | 'incident-report')[];
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/access-requests/{id}/decision': {
    get?: never;
    put?: never;
    post: { /** 审批有条件开放申请 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          outcome: 'approved' | 'refused' | 'renewed' | 'revoked';
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/leaks': {
    get?: never;
    put?: never;
    post: { /** 追溯泄露来源 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          rows: string[][];
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            rows: number;
            holders: {
              key: string;
              holder: string;
              marks: number;
            }[];
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/decision': {
    get?: never;
    put?: never;
    post: { /** 判定开放类型 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          secret: boolean;
          commercial: boolean;
          personal: boolean;
          anonymised: boolean;
          security: boolean;
          timely: boolean;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
            decision: {
              opening: string;
              reason: {
                zh: string;
                en: string;
              };
              article: string;
              rule: string;
              version: number;
              unverified: boolean;
              facts: Record<string, boolean>;
            };
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/versions': {
    get?: never;
    put?: never;
    post: { /** 生成新版本并检查 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          csv?: string;
          columns?: ({
            name: string;
            zh?: string;
            en?: string;
            role?: 'identifier' | 'quasi' | 'sensitive' | 'measure' | 'plain';
          })[];
          note?: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            no: number;
            verdict: string;
            findings: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/versions/{id}/publish': {
    get?: never;
    put?: never;
    post: { /** 批准发布版本 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/withdraw': {
    get?: never;
    put?: never;
    post: { /** 撤回开放数据集 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          reason: string;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/datasets/{id}/counts': {
    get?: never;
    put?: never;
    post: { /** 带噪声的计数查询 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          epsilon: number;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            columns: string[];
            rows: unknown[][];
            epsilon: number;
            left: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/products/{id}/check': {
    get?: never;
    put?: never;
    post: { /** 审查数据产品 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          answers: Record<string, {
              applies: boolean;
              note: string;
            }>;
        };
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            state: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/products/{id}/orders': {
    get?: never;
    put?: never;
    post: { /** 订购数据产品 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            no: string;
            secret: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/open-data/trades/{id}/settle': {
    get?: never;
    put?: never;
    post: { /** 结算数据交易 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': Record<string, never>;
      } };
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            id: string;
            until: string;
            calls: number;
            amountFen: number;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/community/committees': {
    get: { /** 本辖区居委会与人户数 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            committees: ({
              code: string;
              name: string;
              street: string | null;
              households: number;
              residents: number;
              /** residents of 60 and more */
              over60: number;
              /** residents of 80 and more who are the only member of their household */
              over80Alone: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/community/committees/{code}/buildings': {
    get: { /** 居委会楼栋与人户数 */
      parameters: {
        query?: never;
        header?: never;
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            buildings: ({
              code: string;
              address: string | null;
              households: number;
              residents: number;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/community/committees/{code}/residents': {
    get: { /** 居委会居民名册 */
      parameters: {
        query?: {
          building?: string;
          name?: string;
          after?: string;
          limit?: number;
        };
        header: {
          'X-Purpose': string;
        };
        path: {
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            committee: {
              code: string;
              name: string;
              street: string | null;
            };
            residents: ({
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 室号 — Room */
              room: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 居住起始日期 — Lives there since */
              residenceFrom: string | null;
              buildingAddress: string | null;
              household: ({
                /** 户主姓名 — Name of the head */
                headName: string | null;
                /** 人数 — Members */
                members: number;
              }) | null;
            })[];
            next: string | null;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/community/households/{householdNo}': {
    get: { /** 户与户内成员 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path: {
          householdNo: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            asOf: string;
            household: {
              /** 户编号 — Household number */
              householdNo: string;
              /** 户主姓名 — Name of the head */
              headName: string | null;
              /** 人数 — Members */
              members: number;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 居委代码 — Committee */
              committeeCode: string | null;
              /** 居住地址 — Address */
              address: string | null;
            };
            residents: ({
              /** 人员标识 — Person id */
              pid: string;
              /** 姓名 — Name */
              name: string | null;
              /** 性别 — Sex */
              sex: string | null;
              /** 出生日期 — Date of birth */
              birthDate: string | null;
              /** 联系电话 — Phone */
              phone: string | null;
              /** 户编号 — Household number */
              householdNo: string | null;
              /** 与户主关系 — Relation to the head */
              relation: string | null;
              /** 房屋编码 — Building code */
              buildingCode: string | null;
              /** 室号 — Room */
              room: string | null;
              /** 居住地址 — Address */
              address: string | null;
              /** 居住起始日期 — Lives there since */
              residenceFrom: string | null;
              buildingAddress: string | null;
              household: ({
                /** 户主姓名 — Name of the head */
                headName: string | null;
                /** 人数 — Members */
                members: number;
              }) | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/community/relief': {
    get: { /** 本辖区的救助申请 */
      parameters: {
        query?: never;
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            relief: ({
              /** 申请编号 — Application */
              id: string;
              /** 人员标识 — Person id */
              pid: string;
              /** 救助类别 — Kind of relief */
              kind: string;
              /** 取自来源的内容 — Obtained from sources */
              obtained: Record<string, unknown>;
              /** 受理时间 — Taken in at */
              filedAt: string;
              /** 受理人 — Taken in by */
              filedName: string;
              /** 姓名 — Name */
              name: string | null;
            })[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 受理救助申请 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          pid: string;
          answers: Record<string, string | number | boolean>;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 申请编号 — Application */
            id: string;
            /** 人员标识 — Person id */
            pid: string;
            /** 救助类别 — Kind of relief */
            kind: string;
            /** 受理时间 — Taken in at */
            filedAt: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/community/relief/form': {
    get: { /** 救助申请表：要问的与已有的 */
      parameters: {
        query: {
          pid: string;
        };
        header: {
          'X-Purpose': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            fields: ({
              name: string;
              title: {
                zh: string;
                en: string;
              };
              type: string;
              choices: string[] | null;
              required: boolean;
              asked: boolean;
              source: ({
                resource: string;
                field: string;
                owner: string | null;
              }) | null;
            })[];
            obtained: {
              'population.resident': {
                /** 人员标识 — Person id */
                pid: string;
                /** 姓名 — Name */
                name: string | null;
                /** 居住地址 — Address */
                address: string | null;
                /** 出生日期 — Date of birth */
                birthDate: string | null;
              };
              'population.household': {
                /** 人数 — Members */
                members: number;
              } | null;
              'population.insured': ({
                /** 参保状态 — Insured */
                insured: boolean | null;
              }) | null;
            };
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/clinic/bookings': {
    get: { /** 查看就诊预约 */
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: {
          'application/json': {
            bookings: {
              /** 编号 — Id */
              id: string;
              /** 就诊人 — Patient */
              person: string;
              /** 科室 — Department */
              department: string;
              /** 就诊日期 — Day of the visit */
              visitOn: string;
              /** 办理人 — Booked by */
              madeBy: string;
            }[];
          };
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    put?: never;
    post: { /** 预约就诊 */
      parameters: {
        query?: never;
        header: {
          'Idempotency-Key': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: { content: {
        'application/json': {
          department: 'internal' | 'eyes' | 'bones' | 'teeth';
          visitOn: string;
        };
      } };
      responses: {
        201: { headers: Record<string, unknown>; content: {
          'application/json': {
            /** 编号 — Id */
            id: string;
            /** 就诊人 — Patient */
            person: string;
            /** 科室 — Department */
            department: string;
            /** 就诊日期 — Day of the visit */
            visitOn: string;
            /** 办理人 — Booked by */
            madeBy: string;
          };
        } };
        400: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        401: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        403: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        404: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        409: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        422: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
        429: { headers: Record<string, unknown>; content: {
          'application/problem+json': components['schemas']['Problem'];
        } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
};

export type components = {
  schemas: {
    /** RFC 9457 problem details */
    Problem: {
      type: string;
      code: string;
      status: number;
      title: string;
      detail?: string;
      action: string;
      trace: string;
      fields?: {
        pointer: string;
        rule: string;
        message: string;
      }[];
    };
  };
};
