package pdf

import "github.com/bonafide-id/bonafide/internal/advice"

// say gives words of the document in its language, in English where that lacks them.
func (d *Document) say(words string) string {
	if d.Language == advice.Russian {
		if own, ok := russian()[words]; ok {
			return own
		}
	}
	return words
}

func russian() map[string]string {
	return map[string]string{
		"Verification report":                         "Отчёт о проверке",
		"Page {current} of {total}":                   "Страница {current} из {total}",
		"Older analyses that are left out: %d":        "Более ранние анализы, не вошедшие в отчёт: %d",
		"Folder":                                      "Папка",
		"Verdict of the newest analyses of each type": "Решение по последним анализам каждого типа",
		"the last order alone:":                       "только последний заказ:",
		"Decision of an operator":                     "Решение оператора",
		"the system said:":                            "решение системы:",
		"Success":                                     "Успешно",
		"Declined":                                    "Отклонено",
		"Operator required":                           "Нужен оператор",
		"Failed":                                      "Ошибка",
		"In progress":                                 "Выполняется",
		"Nothing analysed":                            "Анализов нет",
		"Company":                                     "Компания",
		"Created":                                     "Создана",
		"Verdict since":                               "Решение от",
		"Metadata":                                    "Метаданные",
		"nested":                                      "вложенное значение",
		"%d more":                                     "ещё %d",
		"Decided by":                                  "Кем решено",
		"Decided":                                     "Когда решено",
		"Operator's comment":                          "Комментарий оператора",
		"Media":                                       "Медиафайлы",
		"image":                                       "снимок",
		"video":                                       "видео",
		"shots set":                                   "набор снимков",
		"s":                                           "с",
		"ms":                                          "мс",
		"no picture":                                  "нет изображения",
		"Ordered":                                     "Заказан",
		"Ended":                                       "Завершён",
		"Operator":                                    "Оператор",
		"Failure":                                     "Причина ошибки",
		"List searched":                               "Список поиска",
		"deleted since":                               "удалён",
		"Thresholds":                                  "Пороги",
		"Profile":                                     "Профиль",
		"threshold":                                   "порог",
		"Reason":                                      "Причина",
		"Models":                                      "Модели",
		"Took":                                        "Длительность",
		"Spoofing score":                              "Оценка подделки",
		"1 is an attack":                              "1 — атака",
		"Similarity":                                  "Сходство",
		"the list was empty":                          "список был пуст",
		"Capture":                                     "Съёмка",
		"person %s at %s":                             "персона %s, %s",
		"not measured":                                "не измерено",
		"and":                                         "и",
		"Best shots":                                  "Лучшие кадры",
		"Liveness":                                    "Живость",
		"Face comparison":                             "Сравнение лиц",
		"Search in a collection":                      "Поиск по списку",
		"Document":                                    "Документ",
	}
}
