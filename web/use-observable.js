import { useSyncExternalStore } from 'react';

/** Renders a component again when the value changes. */
export const useObservable = ({ subscribe, get }) => useSyncExternalStore(subscribe, get);
