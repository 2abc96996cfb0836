// Generated from the manifests. Do not edit.
import type { Page } from './page.ts';

export const pages: Page[] = [
  {
    path: "/gov/community",
    entrance: "gov",
    title: {"zh":"街道工作台","en":"Street desk"},
    posts: ["committee-worker","street-clerk"],
    nav: {"order":20},
    load: () => import("#apps/livelihood/community/web/desk.tsx"),
  },
  {
    path: "/data",
    entrance: "data",
    title: {"zh":"数据目录","en":"Catalogue"},
    nav: {"order":10},
    load: () => import("#apps/foundation/data-centre/web/catalogue.tsx"),
  },
  {
    path: "/data/flows",
    entrance: "data",
    title: {"zh":"数据流向","en":"Flows"},
    nav: {"order":20},
    load: () => import("#apps/foundation/data-centre/web/flows.tsx"),
  },
  {
    path: "/data/grants",
    entrance: "data",
    title: {"zh":"共享授权","en":"Grants"},
    posts: ["data-officer","duty-officer","security-auditor"],
    nav: {"order":30},
    load: () => import("#apps/foundation/data-centre/web/grants.tsx"),
  },
  {
    path: "/data/imports",
    entrance: "data",
    title: {"zh":"数据导入","en":"Imports"},
    posts: ["data-officer"],
    nav: {"order":40},
    load: () => import("#apps/foundation/data-centre/web/imports.tsx"),
  },
  {
    path: "/data/imports/:id",
    entrance: "data",
    title: {"zh":"导入报告","en":"Import report"},
    load: () => import("#apps/foundation/data-centre/web/import.tsx"),
  },
  {
    path: "/data/imports/:id/mapping",
    entrance: "data",
    title: {"zh":"字段映射","en":"Mapping"},
    load: () => import("#apps/foundation/data-centre/web/mapping.tsx"),
  },
  {
    path: "/data/items/:id",
    entrance: "data",
    title: {"zh":"数据资源","en":"Catalogue item"},
    load: () => import("#apps/foundation/data-centre/web/item.tsx"),
  },
];
