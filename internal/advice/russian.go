package advice

import (
	"slices"

	"github.com/bonafide-id/bonafide"
)

func russian(code string) string {
	switch code {
	case bonafide.ReasonNoFace:
		return "Лицо не найдено. Поместите лицо в рамку."
	case bonafide.ReasonSeveralFaces:
		return "Найдено больше одного лица. В кадре должны быть только вы."
	case bonafide.ReasonFaceTooSmall:
		return "Лицо слишком мелкое. Приблизьтесь к камере."
	case bonafide.ReasonFaceTooClose:
		return "Лицо слишком близко. Отодвиньтесь, чтобы были видны голова и плечи."
	case bonafide.ReasonResolution:
		return "В снимке слишком мало пикселей. Снимите камерой получше и отправьте снимок таким, каким его сделала камера."
	case bonafide.ReasonFaceCut:
		return "Лицо обрезано краем кадра. Встаньте в середину кадра."
	case bonafide.ReasonFaceTurned:
		return "Лицо повёрнуто в сторону. Смотрите прямо в камеру."
	case bonafide.ReasonFaceRolled:
		return "Снимок повёрнут или голова наклонена набок. Поверните снимок и держите камеру и голову прямо."
	case bonafide.ReasonFaceUnclear:
		return "Лицо видно недостаточно ясно. Покажите всё лицо прямо, при ровном свете."
	case bonafide.ReasonTooFewFrames:
		return "Слишком мало пригодных кадров. Запишите ещё раз, не выходя из кадра."
	case bonafide.ReasonUnreadable:
		return "Файл не удалось прочитать. Запишите ещё раз."
	case bonafide.ReasonAttack:
		return "Снимок не похож на живого человека перед камерой."
	case bonafide.ReasonInconsistent:
		return "Запись не одинакова от начала до конца. Запишите ещё раз без перерыва."
	case bonafide.ReasonPersonChanged:
		return "На записи не всё время один и тот же человек. Запишите ещё раз, один и без перерыва."
	case bonafide.ReasonFrozen, bonafide.ReasonRepeated:
		return "Запись стоит на месте или повторяется. Запишите ещё раз и не останавливайте камеру."
	case bonafide.ReasonNoNoise, bonafide.ReasonUntimed, bonafide.ReasonConstantTimes, bonafide.ReasonEdited:
		return "Запись не похожа на ту, что делает камера. Запишите камерой и отправьте без изменений."
	case bonafide.ReasonScreenRecorded:
		return "Запись сделана с экрана. Запишите камерой."
	case bonafide.ReasonCut:
		return "Запись обрывается. Отправьте её целиком."
	case bonafide.ReasonReused, bonafide.ReasonReusedCopy:
		return "Эту запись уже присылали. Сделайте новую."
	case bonafide.ReasonNoMatch:
		return "Нет достаточной уверенности, что лица принадлежат одному человеку."
	case bonafide.ReasonUncertain:
		return "Лица могут принадлежать одному человеку; решает оператор."
	case bonafide.ReasonListed:
		return "Лицо есть в списке, по которому шёл поиск."
	case bonafide.ReasonNoLivenessSet:
		return "На этом сервере не установлена модель проверки живости."
	}
	if slices.Contains(bonafide.InjectionReasons(), code) {
		return russianOfCapture(code)
	}
	if s := russianOfGesture(code); s != "" {
		return s
	}
	return russianOfPicture(code)
}

// russianOfCapture says what was not as the server had asked for it.
func russianOfCapture(code string) string {
	switch code {
	case bonafide.ReasonActionMissing:
		return "Записано не всё, о чём вас просили. Начните заново и выполните каждый шаг."
	case bonafide.ReasonActionOrder:
		return "Шаги записаны не в том порядке, в котором их просили. Начните заново и выполняйте их один за другим."
	case bonafide.ReasonLate:
		return "Один из шагов занял слишком много времени. Начните заново и выполняйте шаги сразу, как они появляются."
	}
	return "Запись сделана не так, как было задано. Начните заново, камерой своего устройства и без других программ для неё."
}

// russianOfPicture says what is wrong with light, focus and surroundings of a face.
func russianOfPicture(code string) string {
	switch code {
	case bonafide.ReasonMouthCovered:
		return "Рот и нос закрыты. Снимите маску или шарф и уберите руки от лица."
	case bonafide.ReasonEyesCovered:
		return "Глаза закрыты. Снимите тёмные очки."
	case bonafide.ReasonBlurred:
		return "Снимок смазан. Держите камеру неподвижно и протрите объектив."
	case bonafide.ReasonTooDark:
		return "Слишком темно. Найдите место посветлее."
	case bonafide.ReasonTooBright:
		return "Слишком светло. Избегайте яркого света на лице."
	case bonafide.ReasonBurntOut:
		return "Лицо пересвечено. Отвернитесь от сильного света, который на него падает."
	case bonafide.ReasonCrushed:
		return "Большая часть лица чёрная. Повернитесь лицом к свету."
	case bonafide.ReasonBackLight:
		return "Свет падает сзади. Повернитесь так, чтобы он падал на лицо."
	case bonafide.ReasonBorder:
		return "Вокруг снимка поле, которого камера не снимала. Отправьте снимок таким, каким его сделала камера, с головой и плечами в кадре."
	case bonafide.ReasonNoColour:
		return "Снимок без цвета. Снимайте цветной камерой при обычном свете."
	}
	return ""
}

// russianOfGesture says what is wrong with a movement.
func russianOfGesture(code string) string {
	switch code {
	case bonafide.ReasonGestureMissing:
		return "На записи нет движения, о котором просили. Сначала посмотрите прямо, затем чётко выполните указание."
	case bonafide.ReasonGestureWrong:
		return "На записи другое движение, не то, о котором просили. Выполните указание на экране."
	case bonafide.ReasonGestureTooSlow:
		return "Движение сделано слишком поздно. Начинайте сразу, как только вас попросят."
	case bonafide.ReasonGestureNoBaseline:
		return "В начале лицо не было спокойным. Перед движением секунду смотрите прямо в камеру."
	case bonafide.ReasonGestureUnverified:
		return "Нельзя определить, было ли сделано движение, о котором просили."
	case bonafide.ReasonFramesTooFew:
		return "На записи слишком мало кадров для движения. Снимайте несколько секунд, более быстрой камерой или при лучшем свете."
	}
	return ""
}
