export interface ReadyTab {
  readonly name: string;
  readonly query: string;
  readonly variables: string;
}
export interface Tab {
  readonly query: string | null;
  readonly variables: string | null;
}
export interface TabState {
  readonly tabs: readonly Tab[];
  readonly activeTabIndex: number;
}
export function openTabs(input: {
  readonly stored: TabState | null;
  readonly first: readonly ReadyTab[];
  readonly ready: readonly ReadyTab[];
  readonly now?: Date;
}): TabState;
