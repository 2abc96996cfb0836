/** The reset that the test matrix puts there, and its code; nothing of it exists outside tests. */
export const EXAMPLE_RESET = '00000000-0000-7000-8000-00000000e5e7';
export const EXAMPLE_RESET_ACCOUNT = 'clerk.bund';
export const EXAMPLE_RESET_HALVES = ['7K3M-Q2XA', 'W9ZD-4HTP'] as const;
export const EXAMPLE_NEW_PASSWORD = '四只白鹭过江看潮水涨';
