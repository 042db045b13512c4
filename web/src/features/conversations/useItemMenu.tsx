import { DeleteOutlined, EditOutlined, InboxOutlined, PushpinOutlined } from '@ant-design/icons'
import type { MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMatch, useNavigate } from 'react-router'
import { useDeleteConversation, useUpdateConversation } from '@/api/conversations'
import type { Conversation, ConversationPatch } from '@/api/types'
import { confirm, notify } from '@/shared/ui/Feedback'
import { useProblemText } from '@/shared/ui/useProblemText'

/** What can be done with a conversation in the list. */
export function useItemMenu(conversation: Conversation, title: string, onRename: () => void): MenuProps {
  const { t } = useTranslation(['conversations', 'common'])
  const navigate = useNavigate()
  const shown = useMatch('/c/:id')?.params.id === conversation.id
  const problemText = useProblemText()
  const update = useUpdateConversation()
  const remove = useDeleteConversation()
  const { id, pinned, archived } = conversation
  const onError = (error: unknown) => notify.error(problemText(error))
  const patch = (change: ConversationPatch, onSuccess = () => {}) => update.mutate({ id, patch: change }, { onError, onSuccess })

  const askDelete = () =>
    confirm({
      title: t('conversations:delete.title'),
      text: t('conversations:delete.text', { title }),
      okText: t('common:action.delete'),
      danger: true,
      cancelText: t('common:action.cancel'),
      onOk: async () => {
        try {
          await remove.mutateAsync(id)
          notify.success(t('conversations:moved.deleted'))
          if (shown) void navigate('/')
        } catch (error) {
          onError(error)
        }
      },
    })
  const actions: Record<string, () => void> = {
    rename: onRename,
    pin: () => patch({ pinned: !pinned }),
    archive: () => patch({ archived: !archived }, () => {
      notify.success(t(archived ? 'conversations:moved.unarchived' : 'conversations:moved.archived'))
      if (shown && !archived) void navigate('/')
    }),
    delete: () => void askDelete(),
  }
  return {
    onClick: ({ key }) => actions[key]?.(),
    items: [
      { key: 'rename', icon: <EditOutlined aria-hidden />, label: t('conversations:item.rename') },
      { key: 'pin', icon: <PushpinOutlined aria-hidden />, label: t(pinned ? 'conversations:item.unpin' : 'conversations:item.pin') },
      { key: 'archive', icon: <InboxOutlined aria-hidden />, label: t(archived ? 'conversations:item.unarchive' : 'conversations:item.archive') },
      { type: 'divider' },
      { key: 'delete', icon: <DeleteOutlined aria-hidden />, label: t('conversations:item.delete'), danger: true },
    ],
  }
}
