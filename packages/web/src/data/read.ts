// Read: hooks that read things and lists of the API, by the names of its operations.

import type { ApiClient } from '@plimsoll/core/contract/client'
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from './client.ts'

type Operation = keyof ApiClient
type Answer<O extends Operation> = Awaited<ReturnType<ApiClient[O]>>
type Given<O extends Operation> = Parameters<ApiClient[O]>

interface Page {
  readonly items: readonly unknown[]
  readonly next: string | null
}

/** Operations that give pages: their answer holds `items` and the cursor of the next page. */
type PageOperation = { [O in Operation]: Answer<O> extends Page ? O : never }[Operation]
type Item<O extends PageOperation> = Answer<O> extends { readonly items: readonly (infer I)[] } ? I : never

/** The query of one operation: for `useQuery`, prefetching in loaders, and reading what is kept. Its key is the operation and what it is given. */
export const thing = <O extends Operation>(operation: O, ...given: Given<O>) =>
  queryOptions({
    queryKey: [operation, ...given] as const,
    queryFn: () => (api[operation] as (...given: Given<O>) => Promise<Answer<O>>)(...given),
  })

/** Reads one thing: `useThing('getFinding', cluster, id)`. */
export const useThing = <O extends Operation>(operation: O, ...given: Given<O>) =>
  useQuery(thing(operation, ...given))

/** The same for what is counted or summed: while another question is read, the answer to the one before stays, marked `isPlaceholderData`. */
export const useCount = <O extends Operation>(operation: O, ...given: Given<O>) =>
  useQuery({ ...thing(operation, ...given), placeholderData: keepPreviousData })

/** Reads one thing where it may not be asked yet. */
export const useThingIf = <O extends Operation>(isAsked: boolean, operation: O, ...given: Given<O>) =>
  useQuery({ ...thing(operation, ...given), enabled: isAsked })

/** What the last of an operation's arguments, its query, holds besides the cursor. */
type Asked<O extends PageOperation> = Omit<NonNullable<Given<O>[0]>, 'cursor'>

export interface List<I> {
  readonly items: readonly I[]
  /** True until the first page is there. */
  readonly isLoading: boolean
  readonly isLoadingMore: boolean
  readonly hasMore: boolean
  readonly loadMore: () => void
  /** Of the first page or a later one. */
  readonly failure: Error | null
  readonly retry: () => void
  /** True while what is shown is of the question before. */
  readonly isStale: boolean
}

export const pages = <O extends PageOperation>(operation: O, asked: Asked<O>) =>
  infiniteQueryOptions({
    queryKey: [operation, 'pages', asked] as const,
    queryFn: ({ pageParam }) =>
      (api[operation] as (query: object) => Promise<Answer<O> & Page>)({ ...asked, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Reads a list page by page: `useList('listFindings', { q, sort })`. For operations whose only argument is their query. */
export function useList<O extends PageOperation>(operation: O, asked: Asked<O>): List<Item<O>> {
  return useListOf<Item<O>>(useInfiniteQuery(pages(operation, asked)))
}

/** The same of any query that gives pages: by another way of paging than a cursor. */
export function useListOf<I>({
  data,
  error,
  isPending,
  isFetchingNextPage,
  hasNextPage,
  fetchNextPage,
  refetch,
  isPlaceholderData,
}: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly unknown[] }>>): List<I> {
  const items = useMemo(() => (data?.pages ?? []).flatMap(page => page.items as readonly I[]), [data])
  return {
    items,
    isLoading: isPending,
    isLoadingMore: isFetchingNextPage,
    hasMore: hasNextPage,
    loadMore: () => {
      if (!isFetchingNextPage && !error) void fetchNextPage()
    },
    failure: error,
    retry: () => void (data ? fetchNextPage() : refetch()),
    isStale: isPlaceholderData,
  }
}
