import { createBrowserRouter, Navigate } from 'react-router'
import { ErrorPage } from './ErrorPage'
import { lazyPage } from './lazyPage'
import { NotFoundPage } from './NotFoundPage'
import { Splash } from './Splash'

const chat = lazyPage(() => import('@/features/chat/ui/ChatPage'))

export const router = createBrowserRouter([
  {
    errorElement: <ErrorPage />,
    HydrateFallback: Splash,
    children: [
      { path: '/setup', lazy: lazyPage(() => import('@/features/auth/SetupPage')) },
      { path: '/sign-in', lazy: lazyPage(() => import('@/features/auth/SignInPage')) },
      {
        lazy: lazyPage(() => import('./AppLayout')),
        children: [
          {
            errorElement: <ErrorPage />,
            children: [
              { path: '/', lazy: chat },
              { path: '/c/:id', lazy: chat },
              {
                path: '/settings',
                lazy: lazyPage(() => import('@/features/settings/SettingsPage')),
                children: [
                  { index: true, element: <Navigate to="profile" replace /> },
                  { path: 'profile', lazy: lazyPage(() => import('@/features/settings/ProfileSection')) },
                  { path: 'security', lazy: lazyPage(() => import('@/features/settings/SecuritySection')) },
                  { path: 'keys', lazy: lazyPage(() => import('@/features/settings/KeysSection')) },
                  { path: 'appearance', lazy: lazyPage(() => import('@/features/settings/AppearanceSection')) },
                ],
              },
              {
                path: '/admin',
                lazy: lazyPage(() => import('@/features/admin/AdminPage')),
                children: [
                  { path: 'users', lazy: lazyPage(() => import('@/features/admin/users/UsersSection')) },
                  { path: 'engines', lazy: lazyPage(() => import('@/features/admin/engines/EnginesSection')) },
                  { path: 'audit', lazy: lazyPage(() => import('@/features/admin/audit/AuditSection')) },
                ],
              },
              { path: '*', element: <NotFoundPage /> },
            ],
          },
        ],
      },
    ],
  },
])
