// Generated from /openapi.json. Do not edit.
export type paths = {
  '/api/access/purposes': {
    get: { /** 本岗位可用的使用目的 */
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
  '/api/catalog/items': {
    get: { /** 查找信息资源 */
      parameters: {
        query?: {
          q?: string;
          level?: string;
          owner?: string;
          sharing?: string;
          badge?: string;
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
