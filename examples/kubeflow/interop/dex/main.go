// A small Dex on loopback: Dex's own server package with memory storage, and static clients, static
// passwords and connectors from a JSON file of the shape of Dex's configuration. What it remembers of
// refresh tokens outlives a stop where DEX_MEMORY names a file for it.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/dexidp/dex/server"
	"github.com/dexidp/dex/storage"
	"github.com/dexidp/dex/storage/memory"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/sirupsen/logrus"
)

type config struct {
	Issuer string `json:"issuer"`
	Web    struct {
		HTTP string `json:"http"`
	} `json:"web"`
	OAuth2 struct {
		SkipApprovalScreen bool `json:"skipApprovalScreen"`
	} `json:"oauth2"`
	Expiry struct {
		IDTokens    string `json:"idTokens"`
		SigningKeys string `json:"signingKeys"`
	} `json:"expiry"`
	Frontend      server.WebConfig `json:"frontend"`
	StaticClients []struct {
		ID           string   `json:"id"`
		Name         string   `json:"name"`
		Secret       string   `json:"secret"`
		RedirectURIs []string `json:"redirectURIs"`
	} `json:"staticClients"`
	StaticPasswords []struct {
		Email    string `json:"email"`
		Hash     string `json:"hash"`
		Username string `json:"username"`
		UserID   string `json:"userID"`
	} `json:"staticPasswords"`
	EnablePasswordDB bool `json:"enablePasswordDB"`
	Connectors       []struct {
		ID     string          `json:"id"`
		Type   string          `json:"type"`
		Name   string          `json:"name"`
		Config json.RawMessage `json:"config"`
	} `json:"connectors"`
}

// read takes the file that is named last, as in "dex serve config.yaml".
func read() config {
	text, err := os.ReadFile(os.Args[len(os.Args)-1])
	if err != nil {
		log.Fatal(err)
	}
	var c config
	if err := json.Unmarshal(text, &c); err != nil {
		log.Fatal(err)
	}
	return c
}

// remembered are refresh tokens: each user's are good only with the user's session.
type remembered struct {
	Tokens   []storage.RefreshToken
	Sessions []storage.OfflineSessions
}

// remember fills an empty storage from the file, if there is one, and the file when the program stops.
func remember(s storage.Storage, file string) {
	if text, err := os.ReadFile(file); err == nil {
		var r remembered
		check(json.Unmarshal(text, &r))
		for _, token := range r.Tokens {
			check(s.CreateRefresh(token))
		}
		for _, session := range r.Sessions {
			check(s.CreateOfflineSessions(session))
		}
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() {
		<-stop
		text, err := json.Marshal(memories(s))
		check(err)
		check(os.WriteFile(file, text, 0o600))
		os.Exit(0)
	}()
}

func memories(s storage.Storage) remembered {
	tokens, err := s.ListRefreshTokens()
	check(err)
	r := remembered{Tokens: tokens}
	type owner struct{ user, connector string }
	seen := map[owner]bool{}
	for _, token := range tokens {
		o := owner{token.Claims.UserID, token.ConnectorID}
		if session, err := s.GetOfflineSessions(o.user, o.connector); err == nil && !seen[o] {
			r.Sessions = append(r.Sessions, session)
		}
		seen[o] = true
	}
	return r
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// filled is an empty storage with what the file says.
func filled(c config, logger logrus.FieldLogger) storage.Storage {
	var clients []storage.Client
	for _, client := range c.StaticClients {
		clients = append(clients, storage.Client{
			ID: client.ID, Name: client.Name, Secret: client.Secret, RedirectURIs: client.RedirectURIs,
		})
	}
	var passwords []storage.Password
	for _, password := range c.StaticPasswords {
		passwords = append(passwords, storage.Password{
			Email: password.Email, Hash: []byte(password.Hash), Username: password.Username, UserID: password.UserID,
		})
	}
	var connectors []storage.Connector
	for _, connector := range c.Connectors {
		connectors = append(connectors, storage.Connector{
			ID: connector.ID, Type: connector.Type, Name: connector.Name, Config: connector.Config,
		})
	}
	if c.EnablePasswordDB {
		connectors = append(connectors, storage.Connector{
			ID: server.LocalConnector, Type: server.LocalConnector, Name: "Email",
		})
	}
	own := memory.New(logger)
	if file := os.Getenv("DEX_MEMORY"); file != "" {
		remember(own, file)
	}
	all := storage.WithStaticClients(own, clients)
	return storage.WithStaticConnectors(storage.WithStaticPasswords(all, passwords, logger), connectors)
}

// pages are where DEX_WEB_DIR says, or else beside the program.
func pages() string {
	if directory := os.Getenv("DEX_WEB_DIR"); directory != "" {
		return directory
	}
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	return filepath.Join(filepath.Dir(program), "web")
}

// duration is 0, Dex's default, where nothing is said.
func duration(text string) time.Duration {
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		log.Fatal(err)
	}
	return d
}

func main() {
	c := read()
	host, _, _ := net.SplitHostPort(c.Web.HTTP)
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		log.Fatalf("web.http: %s (expected: an address of loopback and a port)", c.Web.HTTP)
	}
	if c.Frontend.Dir == "" {
		c.Frontend.Dir = pages()
	}
	logger := logrus.New()
	logger.SetLevel(logrus.DebugLevel)
	dex, err := server.NewServer(context.Background(), server.Config{
		Issuer:             c.Issuer,
		Storage:            filled(c, logger),
		SkipApprovalScreen: c.OAuth2.SkipApprovalScreen,
		Web:                c.Frontend,
		Logger:             logger,
		IDTokensValidFor:   duration(c.Expiry.IDTokens),
		RotateKeysAfter:    duration(c.Expiry.SigningKeys),
		PrometheusRegistry: prometheus.NewRegistry(),
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(c.Web.HTTP, dex))
}
