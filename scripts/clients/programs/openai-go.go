// Plays OpenAI's client for Go.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

var count int

func report(what map[string]any) {
	line, _ := json.Marshal(what)
	fmt.Println(string(line))
}

func main() {
	client := openai.NewClient(option.WithBaseURL(os.Getenv("BASE") + "/v1"))
	speak := func(call string, form string, speed float64, more func(*openai.AudioSpeechNewParams)) {
		wanted := openai.AudioSpeechNewParams{
			Input: os.Getenv("TEXT"),
			Model: openai.SpeechModelGPT4oMiniTTS,
			Voice: openai.AudioSpeechNewParamsVoiceUnion{OfString: openai.String("alloy")},
		}
		more(&wanted)
		answer, err := client.Audio.Speech.New(context.Background(), wanted)
		if err != nil {
			report(map[string]any{"call": call, "ok": false, "words": err.Error()})
			return
		}
		defer answer.Body.Close()
		sound, err := io.ReadAll(answer.Body)
		if err != nil {
			report(map[string]any{"call": call, "ok": false, "words": err.Error()})
			return
		}
		count++
		file := filepath.Join(os.Getenv("OUT"), fmt.Sprintf("%d.%s", count, form))
		if err := os.WriteFile(file, sound, 0o600); err != nil {
			panic(err)
		}
		report(map[string]any{"call": call, "file": file, "form": form, "voice": "alloy", "speed": speed})
	}
	speak("Audio.Speech.New()", "mp3", 1, func(*openai.AudioSpeechNewParams) {})
	for _, form := range []string{"wav", "pcm", "opus", "flac", "aac"} {
		speak("New(ResponseFormat: "+form+")", form, 1, func(wanted *openai.AudioSpeechNewParams) {
			wanted.ResponseFormat = openai.AudioSpeechNewParamsResponseFormat(form)
		})
	}
	speak("New(Speed: 1.5)", "mp3", 1.5, func(wanted *openai.AudioSpeechNewParams) { wanted.Speed = openai.Float(1.5) })
	models, err := client.Models.List(context.Background())
	if err != nil {
		panic(err)
	}
	report(map[string]any{"call": "Models.List()", "ok": len(models.Data) > 0, "words": fmt.Sprintf("%d models", len(models.Data))})
	_, err = client.Models.Get(context.Background(), "nothing")
	var refused *openai.Error
	report(map[string]any{"call": "Models.Get(nothing)", "ok": errors.As(err, &refused) && refused.Code == "model_not_found", "words": "openai.Error, model_not_found"})
}
