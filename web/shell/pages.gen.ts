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
];
